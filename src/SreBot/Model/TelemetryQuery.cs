namespace SreBot.Model;

/// <summary>A read of telemetry before it runs: SQL with typed parameters such as <c>{from:DateTime64(3)}</c>. Tables stand as
/// <c>{database:Identifier}.request</c>, and wherever one is read the text <c>/*scope*/</c> stands as a term of its WHERE: the store puts the
/// <see cref="AccessScope"/>'s condition there, and refuses a query without one.</summary>
/// <param name="Parameters">string, bool, int, long, double, decimal, <see cref="DateTimeOffset"/>, or lists of these.</param>
internal sealed record TelemetryQuery(string Sql, IReadOnlyDictionary<string, object?> Parameters)
{
    /// <summary>Columns without which there is no answer: the store refuses where the source does not record one, instead of counting it as nothing.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}
