namespace SreBot.Rca;

/// <summary>The calls of a service to another, or to a database, in the same stretches as an <see cref="RcaCell"/>'s.</summary>
internal sealed record RcaCall(string Caller, string Callee, RcaCallTally Earlier, RcaCallTally Before, RcaCallTally During)
{
    public RcaCallTally Past => Earlier + Before;
}
