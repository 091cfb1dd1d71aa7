using System.Globalization;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Sources;

/// <summary>Keeps the roll-ups of another's table: a view on that table counts the requests that end from a cut on, which lies ahead when the view is made; a back-fill
/// counts those before it, as far back as the roll-up lives. No request can be on both sides, however late it arrives. Until all is there, reads take the table itself.</summary>
/// <remarks>A request that ended before the cut and arrives more than <see cref="Late"/> after it is not counted.</remarks>
internal sealed class SourceRollups(IClickHouseTransport transport, TelemetrySource source)
{
    /// <summary>What an alert's frontier waits for too.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private string Database => source.Database;

    /// <summary>Makes the views that are not there, or were made for another mapping; what those counted is thrown away.</summary>
    public async Task EnsureAsync(TimeProvider time, CancellationToken cancel)
    {
        foreach (var rollup in RollupSql.All)
        {
            var comment = await CommentAsync(rollup, cancel);
            if (source.Mapping is null)
                await OwnAsync(rollup, comment, cancel);
            else if (Cut(comment) is null)
                await MapAsync(rollup, time, cancel);
        }
    }

    /// <summary>Counts what is not counted yet, once the cut is past; may be run again.</summary>
    /// <param name="mayWrite">False: another SreBot does it; only looks how far that is.</param>
    public async Task FillAsync(DateTimeOffset now, bool mayWrite, CancellationToken cancel)
    {
        foreach (var rollup in RollupSql.All.Where(rollup => !source.IsFilled(rollup)))
        {
            if (Cut(await CommentAsync(rollup, cancel)) is not { } cut)
                continue;

            var done = await DoneAsync(rollup, cut, cancel);
            foreach (var (from, to) in Chunks(rollup, cut).Where(chunk => !done.Contains(chunk.From)))
            {
                if (!mayWrite || now < cut + Late)
                    return;

                await FillAsync(rollup, cut, from, to, cancel);
            }

            source.Fill(rollup, isFilled: true);
        }
    }

    /// <summary>Newest first: alerts look there.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Chunks(RollupSql rollup, DateTimeOffset cut)
    {
        var length = rollup.Step == TimeSpan.FromHours(1) ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);
        for (var to = cut; to > cut - rollup.Kept; to -= length)
        {
            yield return (to - length, to);
        }
    }

    private async Task FillAsync(RollupSql rollup, DateTimeOffset cut, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var range = $"{rollup.Time} >= {SqlTime.Text(from)} AND {rollup.Time} < {SqlTime.Text(to)}";
        await using (var reader = await transport.QueryAsync($"SELECT count() > 0 FROM {Database}.{rollup.Table} WHERE {range}", new Dictionary<string, string>(), cancel))
        {
            if (reader.Read() && Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture) > 0) // a fill that was cut off
                await transport.ExecuteAsync($"ALTER TABLE {Database}.{rollup.Table} DELETE WHERE {range} SETTINGS mutations_sync = 2", cancel);
        }

        await transport.ExecuteAsync($"INSERT INTO {Database}.{rollup.Table} SELECT * FROM ({source.Tables.RollupSelect(rollup, from, to)}) SETTINGS insert_deduplicate = 0, optimize_on_insert = 0", cancel);
        await transport.ExecuteAsync($"INSERT INTO {Database}.source_fill (mapping, rollup, cut, from_time) VALUES ('{source.Mapping!.Key}', '{rollup.Table}', {SqlTime.Text(cut)}, {SqlTime.Text(from)})", cancel);
    }

    private const string DoneSql = """
        SELECT DISTINCT from_time FROM {database:Identifier}.source_fill
        WHERE mapping = {mapping:String} AND rollup = {rollup:String} AND cut = {cut:DateTime64(3)}
        """;

    private async Task<HashSet<DateTimeOffset>> DoneAsync(RollupSql rollup, DateTimeOffset cut, CancellationToken cancel)
    {
        var values = new Dictionary<string, object?> { ["database"] = Database, ["mapping"] = source.Mapping!.Key, ["rollup"] = rollup.Table, ["cut"] = cut };
        await using var reader = await transport.QueryAsync(DoneSql, ScopeFilter.Texts(DoneSql, values), cancel);
        var done = new HashSet<DateTimeOffset>();
        while (reader.Read())
        {
            done.Add(reader.GetFieldValue<DateTimeOffset>(0));
        }

        return done;
    }

    private async Task MapAsync(RollupSql rollup, TimeProvider time, CancellationToken cancel)
    {
        source.Fill(rollup, isFilled: false);
        DateTimeOffset cut;
        do
        {
            await transport.ExecuteAsync($"DROP VIEW IF EXISTS {Database}.{rollup.View} SYNC", cancel);
            await transport.ExecuteAsync($"TRUNCATE TABLE {Database}.{rollup.Table}", cancel);
            cut = SqlTime.Ceiling(time.GetUtcNow() + Ahead, rollup.Step);
            await transport.ExecuteAsync($"CREATE MATERIALIZED VIEW {Database}.{rollup.View} TO {Database}.{rollup.Table} AS {source.Tables.RollupSelect(rollup, cut, null)} COMMENT '{Comment(cut)}'", cancel);
        }
        while (time.GetUtcNow() >= cut); // requests past the cut may have come before the view was there
    }

    /// <summary>After a mapping: the views look at SreBot's own requests again.</summary>
    private async Task OwnAsync(RollupSql rollup, string? comment, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(comment))
            return;

        await transport.ExecuteAsync($"DROP VIEW IF EXISTS {Database}.{rollup.View} SYNC", cancel);
        await transport.ExecuteAsync($"TRUNCATE TABLE {Database}.{rollup.Table}", cancel);
        await transport.ExecuteAsync($"INSERT INTO {Database}.{rollup.Table} SELECT * FROM ({rollup.Over($"{Database}.request")}) WHERE {rollup.Time} >= now() - toIntervalSecond({rollup.Kept.TotalSeconds}) SETTINGS insert_deduplicate = 0, optimize_on_insert = 0", cancel);
        await transport.ExecuteAsync($"CREATE MATERIALIZED VIEW {Database}.{rollup.View} TO {Database}.{rollup.Table} AS {rollup.Over($"{Database}.request")}", cancel);
    }

    private const string CommentSql = "SELECT comment FROM system.tables WHERE database = {name:String} AND name = {view:String}";

    /// <summary>Null: there is no view.</summary>
    private async Task<string?> CommentAsync(RollupSql rollup, CancellationToken cancel)
    {
        await using var reader = await transport.QueryAsync(CommentSql, new Dictionary<string, string> { ["name"] = Database, ["view"] = rollup.View }, cancel);
        return reader.Read() ? reader.GetString(0) : null;
    }

    private string Comment(DateTimeOffset cut) => $"mapping {source.Mapping!.Key} from {cut.ToString("O", CultureInfo.InvariantCulture)}";

    /// <summary>Null: the view is not this mapping's.</summary>
    private DateTimeOffset? Cut(string? comment) =>
        comment?.StartsWith($"mapping {source.Mapping!.Key} from ", StringComparison.Ordinal) == true
            ? DateTimeOffset.Parse(comment[(comment.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;
}
