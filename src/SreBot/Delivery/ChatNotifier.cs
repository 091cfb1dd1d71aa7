using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>Keeps one message a (subject, channel): posted once, edited in place by each later row, every change also a reply in its thread.
/// While a newer row waits, a row leaves the edit to it and says its change in the thread only, so that the newest edit wins and no reply is lost.</summary>
internal sealed class ChatNotifier(PostedMessages posted, IEnumerable<IChatPoster> posters)
{
    private readonly Dictionary<string, IChatPoster> postersByPlatform = posters.ToDictionary(poster => poster.Platform);

    /// <summary>How far before the row was written a look-up starts: the platform's clock may be behind.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    public bool Reaches(string platform) => postersByPlatform.ContainsKey(platform);

    public async Task<OutboxOutcome> SendAsync(OutboxItem item, NotifyPayload payload, ChatAddress address, CancellationToken cancel)
    {
        var poster = postersByPlatform[address.Platform];
        return await posted.FindAsync(item, cancel) is { } message
            ? await ChangeAsync(item, payload, message, poster, address, cancel)
            : await FirstPostAsync(item, payload, poster, address, cancel);
    }

    private async Task<OutboxOutcome> FirstPostAsync(OutboxItem item, NotifyPayload payload, IChatPoster poster, ChatAddress address, CancellationToken cancel)
    {
        var outcome = await PostOnceAsync(item, poster, address, payload.Message, item.Subject, mayBeThere: item.Attempts > 1 || item.Sequence > 1, cancel);
        if (outcome is PostOutcome.Posted done)
        {
            await posted.SaveAsync(item, done.MessageId, cancel);
        }

        return Outcome(outcome);
    }

    private async Task<OutboxOutcome> ChangeAsync(OutboxItem item, NotifyPayload payload, PostedMessage message, IChatPoster poster, ChatAddress address, CancellationToken cancel)
    {
        if (item.IsNewest && message.Sequence < item.Sequence)
        {
            var updated = await poster.UpdateAsync(address, message.MessageId, payload.Message, cancel);
            if (updated is not PostOutcome.Posted now)
            {
                return Outcome(updated);
            }

            await posted.SaveAsync(item, now.MessageId, cancel);
        }

        if (payload.Change is { } change)
        {
            var replied = await PostOnceAsync(item, poster, address with { Thread = message.MessageId }, change, $"{item.Subject}:{item.Sequence}", item.Attempts > 1, cancel);
            if (replied is not PostOutcome.Posted)
            {
                return Outcome(replied);
            }
        }

        return item.IsNewest ? new OutboxOutcome.Delivered() : new OutboxOutcome.Superseded();
    }

    /// <param name="mayBeThere">An earlier attempt may have got through without our knowing.</param>
    private static async Task<PostOutcome> PostOnceAsync(OutboxItem item, IChatPoster poster, ChatAddress address, ChatReply reply, string key, bool mayBeThere,
        CancellationToken cancel)
    {
        var there = mayBeThere ? await poster.FindAsync(address, key, item.CreatedAt - ClockSlack, cancel) : null;
        return there is null ? await poster.PostAsync(address, reply, key, cancel) : new PostOutcome.Posted(there);
    }

    private static OutboxOutcome Outcome(PostOutcome outcome) => outcome switch
    {
        PostOutcome.TryAgain { IsUncertain: true } unknown => new OutboxOutcome.TryAgain(unknown.Why), // costs an attempt, so that the next one looks first whether it is there
        PostOutcome.TryAgain again => new OutboxOutcome.TryAgain(again.Why, again.After),
        PostOutcome.GaveUp dead => new OutboxOutcome.GaveUp(dead.Why),
        _ => new OutboxOutcome.Delivered(),
    };
}
