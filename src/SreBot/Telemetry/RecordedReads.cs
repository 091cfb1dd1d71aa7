using System.Data.Common;
using System.Text.RegularExpressions;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry;

/// <summary>Runs a read once more that was scoped and recorded before. Whoever asks for it brings a scope of their own, which must hold what the read sees:
/// its database, all of its projects, and each condition of the scope among its own. It is never widened and never cut: cut, its numbers would be others.</summary>
internal sealed partial class RecordedReads(IClickHouseTransport transport)
{
    /// <param name="recorded">From the record alone; no caller's text is ever in its SQL.</param>
    /// <exception cref="SreException">Forbidden, when it sees more than the scope does; else as <see cref="ITelemetryStore.ReadAsync"/>.</exception>
    public async Task<DbDataReader> ReadAsync(AccessScope scope, ScopedQuery recorded, CancellationToken cancel)
    {
        if (!IsWithin(scope, recorded))
            throw new SreException(SreErrorKind.Forbidden, "This step reads more than you may see.");

        return await transport.QueryAsync(recorded.Sql, recorded.Parameters, cancel);
    }

    public static bool IsWithin(AccessScope scope, ScopedQuery recorded) =>
        !scope.IsEvaluator
        && recorded.Parameters.TryGetValue("database", out var database) && database == scope.TelemetryDatabase
        && recorded.Sql.Contains("project_id IN {scope_projects:Array(String)}", StringComparison.Ordinal)
        && recorded.Parameters.TryGetValue("scope_projects", out var projects)
        && Item().Matches(projects).Select(item => item.Groups["text"].Value).All(scope.Projects.Select(Text).Contains)
        && scope.Conditions.All(condition => Condition().Matches(recorded.Sql).Any(term =>
            term.Groups["column"].Value == condition.Dimension && recorded.Parameters.GetValueOrDefault(term.Groups["name"].Value) == Text(condition.Value)));

    private static string Text(string value) => ParameterText.Format("scope", "String", value);

    [GeneratedRegex(@"'(?<text>(?:[^'\\]|\\.)*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@" AND (?<column>\w+) = \{(?<name>scope_\d+):String\}", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
