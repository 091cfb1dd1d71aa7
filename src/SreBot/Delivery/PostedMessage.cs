namespace SreBot.Delivery;

/// <summary>The one message that stands for a subject on a target.</summary>
/// <param name="Sequence">Of the row whose text it shows.</param>
internal sealed record PostedMessage(string MessageId, long Sequence);
