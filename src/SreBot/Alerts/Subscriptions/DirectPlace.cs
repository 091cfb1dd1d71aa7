using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Alerts.Subscriptions;

/// <summary>Where a person can be written to alone.</summary>
internal sealed class DirectPlace(IChatStateStore? chats = null)
{
    /// <summary>As a target.</summary>
    /// <exception cref="SreException">Invalid, with what to do instead.</exception>
    public async Task<string> OfAsync(Caller caller, string alert, CancellationToken cancel) => caller.User switch
    {
        { Platform: "slack" } person => new ChatAddress("slack", person.Workspace, person.Id).ToTarget(), // chat.postMessage takes a person's id for the chat with them
        { Platform: "teams" } when caller.Address is { } here => await IsPersonalAsync(here, cancel) ? here.ToTarget() : throw new SreException(SreErrorKind.Invalid,
            $"Write that to me directly, in our own chat, so that I know where you are: alert subscribe me to \"{alert}\""),
        _ => throw new SreException(SreErrorKind.Invalid, $"I cannot write to you alone here; have it mailed: alert subscribe me to \"{alert}\" by email you@example.org"),
    };

    /// <summary>The conversation of the bot and one person.</summary>
    private async Task<bool> IsPersonalAsync(ChatAddress here, CancellationToken cancel)
    {
        if (chats is null || await chats.FindReferenceAsync(here with { Thread = null }, cancel) is not { } json)
            return false;

        using var reference = JsonDocument.Parse(json);
        return reference.RootElement.EnumerateObject().Any(property => string.Equals(property.Name, "isPersonal", StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.True);
    }
}
