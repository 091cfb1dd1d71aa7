namespace SreBot.Delivery;

/// <summary>A leased outbox row.</summary>
/// <param name="Subject">What it is about, such as <c>incident:42</c>; rows of one subject and target are worked in order of sequence.</param>
/// <param name="Target">A channel (<see cref="Adapters.Chat.ChatAddress.ToTarget"/>), or <c>self</c> for SreBot's own handlers.</param>
/// <param name="Payload">JSON by <see cref="Model.SreJson"/>.</param>
internal sealed record OutboxItem(long Id, long OrganizationId, string Subject, long Sequence, string Handler, string Target, string Payload, int Attempts);
