using System.Data.Common;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Sources;

namespace SreBot.Alerts.Evaluation;

/// <summary>How far the telemetry of a database has come.</summary>
internal sealed class AlertIngest(ITelemetryStore telemetry)
{
    private const string NewestSql = """
        SELECT maxOrNull(timestamp) AS newest
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp <= {now:DateTime64(3)}
        """;

    /// <summary>The newest request, and the newest of those parts that hold nothing later than now: the engine knows both without reading a request.</summary>
    private const string PartsSql = """
        SELECT max(last) AS newest, maxIf(last, last <= {now:DateTime64(3)}) AS before
        FROM (SELECT _part, max(timestamp) AS last FROM {database:Identifier}.request WHERE /*scope*/ AND toDate(timestamp) >= toDate({from:DateTime64(3)}, 'UTC') GROUP BY _part)
        """;

    private const string LastMinuteSql = """
        SELECT maxOrNull(minute) AS newest
        FROM {database:Identifier}.alert_minute
        WHERE /*scope*/ AND minute >= {from:DateTime('UTC')} AND minute <= {now:DateTime('UTC')}
        """;

    /// <param name="lastTick">What is due after it must be told from what is missing; null: only the present.</param>
    /// <exception cref="SreException">Unavailable, when the store cannot be reached.</exception>
    public async Task<AlertFrontier> FrontierAsync(string database, DateTimeOffset? lastTick, DateTimeOffset now, AlertOptions options, CancellationToken cancel)
    {
        var near = now - options.Timeout - options.Lag - TimeSpan.FromMinutes(1);
        var newest = await NewestAsync(database, near, now, cancel);
        var oldest = now.AddMinutes(-options.CatchUp - 1);
        if (newest is null && lastTick < near)
        {
            newest = await NewestAsync(database, lastTick > oldest ? lastTick.Value : oldest, now, cancel);
        }

        return AlertFrontier.Of(newest, now, options);
    }

    /// <summary>The last minute of the day past that holds a request; null: none does.</summary>
    public Task<DateTimeOffset?> LastMinuteAsync(string database, DateTimeOffset now, CancellationToken cancel) =>
        ReadAsync(LastMinuteSql, database, now.AddDays(-1), now, cancel);

    /// <summary>Single requests are looked at only in parts that reach past now, and in another's table.</summary>
    private async Task<DateTimeOffset?> NewestAsync(string database, DateTimeOffset from, DateTimeOffset now, CancellationToken cancel)
    {
        if (telemetry.ModeOf(database) != SourceMode.Own)
            return await ReadAsync(NewestSql, database, from, now, cancel);

        await using var parts = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), Query(PartsSql, from, now), cancel);
        var (newest, before) = await parts.ReadAsync(cancel) ? (Time(parts, 0), Time(parts, 1)) : (null, null);
        return newest <= now
            ? newest >= from ? newest : null
            : await ReadAsync(NewestSql, database, before > from ? before.Value : from, now, cancel);
    }

    private async Task<DateTimeOffset?> ReadAsync(string sql, string database, DateTimeOffset from, DateTimeOffset now, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), Query(sql, from, now), cancel);
        return await reader.ReadAsync(cancel) ? Time(reader, 0) : null;
    }

    private static TelemetryQuery Query(string sql, DateTimeOffset from, DateTimeOffset now) => new(sql, new Dictionary<string, object?> { ["from"] = from, ["now"] = now });

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.GetValue(column) is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
}
