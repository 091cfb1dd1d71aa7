using Microsoft.Extensions.DependencyInjection;
using SreBot.Cli.Demo;
using SreBot.Cli.Seeding;
using SreBot.Incidents;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Benchmarks.Causes;

/// <summary>A day by the tutorial's rules (domain.md) in place of the demo's telemetry: 10 servers, a row a server and minute, every column drawn by itself,
/// an incident for an execution time over 20 ms.</summary>
internal sealed class TutorialData(IServiceProvider services)
{
    private const int Minutes = 1440;

    /// <summary>Asks about an incident that hangs on one of its requests, while the demo writes nothing.</summary>
    public async Task<T> WithAsync<T>(long seed, Func<long, Task<T>> ask, CancellationToken cancel)
    {
        using var turn = await services.GetRequiredService<DemoWriter>().EnterAsync(cancel);
        return await ask(await WriteAsync(seed, cancel));
    }

    private async Task<long> WriteAsync(long seed, CancellationToken cancel)
    {
        var telemetry = services.GetRequiredService<ITelemetryStore>();
        var random = new SeedRandom(seed, 0x5455);
        var end = services.GetRequiredService<TimeProvider>().GetUtcNow().Floor(TimeSpan.FromMinutes(1));
        var rows = Rows(end.AddMinutes(-Minutes), ref random);
        var worst = rows.Where(row => (double)row[10]! > 20 && (DateTime)row[1]! < end.AddHours(-2).UtcDateTime && (DateTime)row[1]! > end.AddHours(-20).UtcDateTime).ToList();
        var request = random.Pick(worst);
        await telemetry.DropAsync(DemoStore.Database, cancel);
        await telemetry.MigrateAsync(DemoStore.Database, cancel);
        await telemetry.InsertAsync(DemoStore.Database, TelemetryTable.Request, rows, $"tutorial-{seed}", cancel);
        return await OpenAsync(request, seed, ref random, cancel);
    }

    private static List<object?[]> Rows(DateTimeOffset from, ref SeedRandom random)
    {
        var rows = new List<object?[]>();
        for (var minute = 0; minute < Minutes; minute++)
        {
            for (var server = 1; server <= 10; server++)
            {
                var active = (uint)Math.Max(1, 100 + (50 * random.Normal()));
                var (cpu, memory) = (Math.Clamp(50 + (25 * random.Normal()), 0, 100), Math.Clamp(50 + (25 * random.Normal()), 0, 100));
                var milliseconds = Math.Clamp(10 + (25 * random.Normal()), 1, 50);
                rows.Add([$"{rows.Count + 1}", from.AddMinutes(minute).UtcDateTime, $"Project_{1 + random.Below(3)}", $"Server_{server}", "", "", "", "", "", (ushort)200, milliseconds, 0.0, active, cpu, memory]);
            }
        }

        return rows;
    }

    /// <summary>As the tutorial's incident hangs on its request; half of them as a rule on the server would have it.</summary>
    private Task<long> OpenAsync(object?[] request, long seed, ref SeedRandom random, CancellationToken cancel)
    {
        var at = new DateTimeOffset((DateTime)request[1]!, TimeSpan.Zero);
        var server = (string)request[3]!;
        return SaveAsync(seed, new EpisodeFacts
        {
            AlertId = null, AlertName = "", GroupKey = "", Title = "An execution time over 20 ms", Severity = "warning", Projects = [(string)request[2]!], Targets = [],
            Filter = random.Below(2) == 0 ? [] : [new DimensionCondition("server_id", server)],
            Metric = "latency", Aggregate = "max", Threshold = 20, StartedAt = at, TriggeredAt = at.AddMinutes(1), RequestId = (string)request[0]!, ServerId = server,
        }, cancel);
    }

    private async Task<long> SaveAsync(long seed, EpisodeFacts facts, CancellationToken cancel)
    {
        var organization = (await services.GetRequiredService<DemoStore>().FindOrganizationAsync(cancel))!.Value;
        await using var session = await services.GetRequiredService<PostgresDatabase>().BeginAsync(organization, cancel);
        var incident = (await IncidentStore.OpenAsync(session, organization, new Guid((int)seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), facts, cancel))!;
        await IncidentStore.SaveAsync(session, incident with { Status = "resolved", ResolvedAt = facts.TriggeredAt.AddMinutes(5).UtcDateTime, ResolvedBy = "benchmark" }, cancel);
        await session.CommitAsync(cancel);
        return incident.Id;
    }
}
