using Dapper;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;

namespace SreBot.Cli.Demo;

/// <summary>Finds the <see cref="DemoCircumstances"/>.</summary>
internal sealed class DemoGate(IConfiguration configuration, IOptions<DemoOptions> options, PostgresDatabase postgres, ITelemetryStore telemetry)
{
    private const string DatabasesSql = "SELECT telemetry_database FROM organization WHERE NOT is_demo";

    private const string AnySql = """
        SELECT count() AS found
        FROM (SELECT 1 FROM {database:Identifier}.request WHERE /*scope*/ LIMIT 1)
        """;

    // Codes: ClickHouse, src/Common/ErrorCodes.cpp.
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;

    /// <returns>Why the demo may not be written, for a person; null when it may.</returns>
    public async Task<string?> RefusalAsync(CancellationToken cancel)
    {
        var before = new DemoCircumstances(options.Value.Enabled, configuration["Telemetry:Endpoint"], configuration["Postgres:ConnectionString"], HasRealTelemetry: false);
        return DemoPolicy.Refusal(before) ?? DemoPolicy.Refusal(before with { HasRealTelemetry = await HasRealTelemetryAsync(cancel) });
    }

    private async Task<bool> HasRealTelemetryAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginGatewayAsync(cancel);
        foreach (var database in (await session.Connection.QueryAsync<string>(session.Command(DatabasesSql, null, cancel))).Distinct())
        {
            if (await HasRequestsAsync(database, cancel))
                return true;
        }

        return false;
    }

    private async Task<bool> HasRequestsAsync(string database, CancellationToken cancel)
    {
        try
        {
            await using var reader = await telemetry.ReadAsync(AccessScope.ForEvaluator(database), new TelemetryQuery(AnySql, new Dictionary<string, object?>()), cancel);
            return await reader.ReadAsync(cancel) && Convert.ToInt64(reader.GetValue(0)) > 0;
        }
        catch (ClickHouseException error) when (error.Code is UnknownTable or UnknownDatabase)
        {
            return false; // an organization may be there before its tables
        }
    }
}
