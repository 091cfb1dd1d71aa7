using SreBot.Adapters.Chat;

namespace SreBot.Delivery;

/// <summary>What was given up and what waits after a failure, for a person.</summary>
internal static class DeliveryList
{
    private const int Shown = 20;

    /// <param name="dead">Newest first, as <see cref="OutboxHealth"/> reads them.</param>
    /// <param name="waiting">Oldest first.</param>
    public static ChatReply Of(IReadOnlyList<DeadRow> dead, IReadOnlyList<DeadRow> waiting) => dead.Count + waiting.Count == 0
        ? ChatReply.Of("Everything was delivered; nothing waits after a failure.")
        : new ChatReply
        {
            Summary = $"{Count(dead.Count)} given up, {Count(waiting.Count)} waiting after a failure.",
            Blocks = [.. Table("Given up", dead), .. Table("Tried again by itself", waiting), new ReplySection { IsNote = true, Paragraphs = ["Send one again with: delivery again <number>; all that were given up with: delivery again all"] }],
        };

    /// <summary>As many as <see cref="OutboxHealth"/> reads.</summary>
    private static string Count(int count) => count >= OutboxHealth.MostRows ? $"{count} or more messages" : count == 1 ? "1 message" : $"{count} messages";

    private static IEnumerable<ReplyBlock> Table(string title, IReadOnlyList<DeadRow> rows) => rows.Count == 0 ? [] :
    [
        new ReplyTable(title, ["Number", "About", "To", "Attempts", "Why"],
            [.. rows.Take(Shown).Select(row => (IReadOnlyList<string>)[$"{row.Id}", row.Subject, row.Target, $"{row.Attempts}", row.Why])], [0, 3]),
    ];
}
