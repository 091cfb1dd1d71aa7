namespace SreBot.Telemetry;

/// <summary>A read as it runs: what a recorded step shows.</summary>
/// <param name="Sql">With the scope's condition in place of <c>/*scope*/</c>.</param>
/// <param name="Parameters">In ClickHouse's text form by name, those of the scope included.</param>
internal sealed record ScopedQuery(string Sql, IReadOnlyDictionary<string, string> Parameters);
