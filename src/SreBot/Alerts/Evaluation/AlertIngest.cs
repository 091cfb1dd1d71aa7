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

    /// <summary>The newest request: the engine knows it of its parts without reading one.</summary>
    private const string PartsSql = """
        SELECT max(last) AS newest
        FROM (SELECT _part, max(timestamp) AS last FROM {database:Identifier}.request WHERE /*scope*/ AND toDate(timestamp) >= toDate({from:DateTime64(3)}, 'UTC') GROUP BY _part)
        """;

    private const string SecondsSql = """
        SELECT maxOrNull(second) AS newest
        FROM {database:Identifier}.arrival
        WHERE /*scope*/ AND second >= {from:DateTime64(3)} AND second <= {now:DateTime64(3)}
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

    /// <summary>Where requests lie in the future, the last second that has any tells it, so that no request need be looked at.</summary>
    private async Task<DateTimeOffset?> NewestAsync(string database, DateTimeOffset from, DateTimeOffset now, CancellationToken cancel)
    {
        if (telemetry.ModeOf(database) != SourceMode.Own)
            return await ReadAsync(NewestSql, database, from, now, cancel);

        var newest = await ReadAsync(PartsSql, database, from, now, cancel);
        return newest > now ? await ReadAsync(SecondsSql, database, from, now, cancel) : newest >= from ? newest : null;
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
