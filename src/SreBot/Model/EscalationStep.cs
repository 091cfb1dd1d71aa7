namespace SreBot.Model;

/// <summary>Another to tell when an incident is still not acknowledged.</summary>
/// <param name="After">From the opening on.</param>
/// <param name="Target">As in a rule's targets.</param>
internal sealed record EscalationStep(TimeSpan After, string Target);
