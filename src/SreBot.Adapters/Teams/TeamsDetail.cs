namespace SreBot.Adapters.Teams;

/// <summary>How much of a reply a card shows.</summary>
/// <param name="Rows">Of a table, at most.</param>
/// <param name="Points">Of a chart's line, at most.</param>
/// <param name="Characters">Of a paragraph, at most.</param>
internal sealed record TeamsDetail(int Rows, int Points, int Characters);
