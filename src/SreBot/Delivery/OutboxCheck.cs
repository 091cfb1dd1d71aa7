using SreBot.Adapters.Chat;

namespace SreBot.Delivery;

/// <summary>Whether messages get out.</summary>
internal sealed class OutboxCheck(OutboxHealth outbox, TimeProvider time) : ISetupCheck
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    public string Part => "Delivery";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        var depth = await outbox.ReadAsync(cancel);
        var age = depth.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
        return
        [
            depth.Dead == 0 ? new(SetupState.Good, "No message was given up.")
                : new(SetupState.Warning, $"{depth.Dead} messages were given up.", "'delivery list' (or GET /api/deliveries/dead) says why; 'delivery again all' sends them again."),
            age <= Long ? new(SetupState.Good, $"{depth.Waiting} messages wait to be sent.")
                : new(SetupState.Warning, $"{depth.Waiting} messages wait to be sent, the oldest for {age.TotalMinutes:0} minutes.", "Look at the lines of the chats above, and at the log."),
        ];
    }
}
