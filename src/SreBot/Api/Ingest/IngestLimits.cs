using SreBot.Model;

namespace SreBot.Api.Ingest;

/// <summary>What one sender may send, and from when.</summary>
/// <param name="oldest">Older rows would be removed at once.</param>
internal sealed class IngestLimits(AccessScope scope, DateTimeOffset oldest, DateTimeOffset newest)
{
    private const int MostNewProjects = 1000;

    private readonly HashSet<string> projects = [.. scope.Projects];
    private readonly Dictionary<string, string> conditions = scope.Conditions.ToDictionary(condition => condition.Dimension, condition => condition.Value);
    private readonly HashSet<string> brought = [];
    private readonly long from = oldest.ToUnixTimeMilliseconds();
    private readonly long to = newest.ToUnixTimeMilliseconds();

    /// <exception cref="SreException">Invalid.</exception>
    public void CheckTime(long milliseconds)
    {
        if (milliseconds < from)
            throw new SreException(SreErrorKind.Invalid, $"timestamp is older than {oldest.UtcDateTime:yyyy-MM-dd HH:mm} UTC, which is as long as requests are kept (Telemetry:RetentionDays){(milliseconds is > 0 and < 100_000_000_000 ? "; a number counts milliseconds, not seconds" : "")}.");
        if (milliseconds > to)
            throw new SreException(SreErrorKind.Invalid, $"timestamp lies more than a day ahead, past {newest.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
    }

    /// <summary>The times of a day that need no check of their own.</summary>
    public (long From, long To) Within(DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return (Math.Max(start, from), Math.Min(start + (long)TimeSpan.FromDays(1).TotalMilliseconds, to + 1));
    }

    /// <returns>A project that is not known yet; else null.</returns>
    /// <exception cref="SreException">Forbidden, when the sender may not see such a row; Invalid for too many new projects.</exception>
    public string? Check(string dimension, string value)
    {
        if (conditions.TryGetValue(dimension, out var wanted) && wanted != value)
            throw new SreException(SreErrorKind.Forbidden, $"the token may only send requests with {dimension} '{wanted}'.");
        if (dimension != "project_id" || projects.Contains(value))
            return null;
        if (!scope.SeesAllProjects)
            throw new SreException(SreErrorKind.Forbidden, $"the token may not send requests of the project '{value}'{(projects.Count > 0 ? $"; it may for {string.Join(", ", projects.Take(8))}" : "")}.");
        if (scope.Role != Role.Admin)
            throw new SreException(SreErrorKind.Forbidden, $"there is no project '{value}' yet; an admin's token makes it known by sending its first request.");
        if (brought.Add(value) && brought.Count > MostNewProjects)
            throw new SreException(SreErrorKind.Invalid, $"'{value}' is one new project too many: a batch may bring {MostNewProjects:N0}.");

        return value;
    }
}
