namespace SreBot.Delivery;

/// <summary>A leased outbox row.</summary>
/// <param name="Subject">What it is about, such as <c>incident:42</c>; rows of one subject and target are worked in order of sequence.</param>
/// <param name="Target">A channel (<see cref="Adapters.Chat.ChatAddress.ToTarget"/>), or <c>self</c> for SreBot's own handlers.</param>
/// <param name="Payload">JSON by <see cref="Model.SreJson"/>.</param>
/// <param name="Attempts">1 the first time; more after a failure or a crash.</param>
/// <param name="CreatedAt">When the row was written, by PostgreSQL's clock.</param>
/// <param name="IsNewest">False when a row of a higher sequence waits for the same subject, target and handler.</param>
internal sealed record OutboxItem(long Id, long OrganizationId, string Subject, long Sequence, string Handler, string Target, string Payload, int Attempts,
    DateTimeOffset CreatedAt, bool IsNewest)
{
    /// <summary>Rises with each lease; a worker with an old one cannot write the row's end.</summary>
    public required long Fence { get; init; }
}
