using Dapper;
using SreBot.Adapters.Chat;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Access;

/// <summary>Whether ClickHouse answers, holds each organization's columns, and still gets rows.</summary>
internal sealed class TelemetryCheck(ITelemetryStore telemetry, PostgresDatabase postgres, TimeProvider time) : ISetupCheck
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const string OrganizationsSql = "SELECT name, telemetry_database AS Telemetry FROM organization ORDER BY id";

    private static readonly string ColumnsSql = $$"""
        SELECT {{string.Join(", ", TelemetryTable.Request.Columns.Select(column => column.Name))}}
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        LIMIT 1
        """;

    private const string NewestSql = """
        SELECT max(timestamp) AS newest, count() AS request_count
        FROM {database:Identifier}.request
        WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}
        """;

    public string Part => "Telemetry";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        List<SetupLine> lines = [new(SetupState.Good, $"{await telemetry.DescribeAsync(cancel)} answers.")];
        foreach (var (name, database) in await OrganizationsAsync(cancel))
        {
            lines.Add(await ColumnsAsync(name, database, cancel));
            if (lines[^1].State == SetupState.Good)
                lines.Add(await NewestAsync(name, database, cancel));
        }

        return lines;
    }

    private async Task<IReadOnlyList<(string Name, string Telemetry)>> OrganizationsAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        return [.. await session.Connection.QueryAsync<(string, string)>(session.Command(OrganizationsSql, null, cancel))];
    }

    private async Task<SetupLine> ColumnsAsync(string organization, string database, CancellationToken cancel)
    {
        try
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), Query(ColumnsSql, TimeSpan.FromHours(1)), cancel);
            return new(SetupState.Good, $"{organization}: {database}.request can be read, with all {reader.FieldCount} columns.");
        }
        catch (Exception error) when (error is SreException or Telemetry.Wire.ClickHouseException)
        {
            return new(SetupState.Broken, $"{organization}: {database}.request cannot be read as it should be.", error.Message);
        }
    }

    private async Task<SetupLine> NewestAsync(string organization, string database, CancellationToken cancel)
    {
        await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), Query(NewestSql, TimeSpan.FromHours(24)), cancel);
        if (!await reader.ReadAsync(cancel) || Convert.ToInt64(reader["request_count"]) == 0)
            return new(SetupState.Warning, $"{organization}: no request came in the last 24 hours.", "Send them to POST /ingest, or connect the ClickHouse that has them: sre-bot connect clickhouse.");

        var age = time.GetUtcNow() - new DateTimeOffset(DateTime.SpecifyKind((DateTime)reader["newest"], DateTimeKind.Utc));
        return age <= Fresh
            ? new(SetupState.Good, $"{organization}: the newest request is {Math.Max(0, age.TotalSeconds):0} s old.")
            : new(SetupState.Warning, $"{organization}: the newest request is {age.TotalMinutes:0} minutes old.", "Look at what sends requests: alerts conclude nothing without them.");
    }

    private TelemetryQuery Query(string sql, TimeSpan past)
    {
        var now = time.GetUtcNow();
        return new(sql, new Dictionary<string, object?> { ["from"] = now - past, ["to"] = now.AddMinutes(1) });
    }
}
