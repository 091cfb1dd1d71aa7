namespace SreBot.Telemetry.Sources;

/// <summary>A table of a server, and how it could be read.</summary>
/// <param name="Rows">0 also where the server does not count them.</param>
internal sealed record FoundTable(SourceTable Table, IReadOnlyList<(string Name, string Type)> Columns, long Rows)
{
    public SourceProposal Proposal { get; } = SourceProposal.Of(Columns);
}
