using System.Security.Cryptography;
using System.Text.Json;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Cli.Seeding;

/// <summary>Writes made-up telemetry. The same settings and window again write nothing.</summary>
internal static class Seeder
{
    private const int RowsABatch = 100_000;

    /// <returns>What is true of the rows written.</returns>
    public static async Task<GroundTruth> WriteAsync(ITelemetryStore store, string database, SeedSettings settings, TimeWindow window, IProgress<SeedProgress>? progress, CancellationToken cancel)
    {
        await store.MigrateAsync(database, cancel);
        var plan = SeedPlan.Draw(settings, window);
        var generator = new SeedGenerator(plan);
        var name = Name(settings, window);
        long rows = 0;
        foreach (var batch in Batches(window, settings))
        {
            rows += await WriteBatchAsync(store, database, plan, generator, batch, name, cancel);
            progress?.Report(new SeedProgress(rows, (batch.To - window.From) / window.Length));
        }

        return new GroundTruth(settings, window.From, window.To, plan.Causes);
    }

    /// <summary>Writes the rows and change events that arrive in the window; again with the same plan and name, it writes nothing.</summary>
    /// <param name="name">Begins the insert's tokens, unique for the plan.</param>
    public static async Task<int> WriteBatchAsync(ITelemetryStore store, string database, SeedPlan plan, SeedGenerator generator, TimeWindow batch, string name, CancellationToken cancel)
    {
        var token = $"{name}:{plan.Settings.Seed}:{batch.From.ToUnixTimeMilliseconds()}:{batch.To.ToUnixTimeMilliseconds()}";
        var (rows, calls) = generator.Make(batch);
        if (rows.Count > 0)
            await store.InsertAsync(database, TelemetryTable.Request, rows, token, cancel);
        if (calls.ToRows() is { Count: > 0 } called)
            await store.InsertAsync(database, TelemetryTable.Dependency, called, token, cancel);
        if (SeedChanges.Rows(plan, batch) is { Count: > 0 } changes)
            await store.InsertAsync(database, TelemetryTable.ChangeEvent, changes, token, cancel);
        return rows.Count;
    }

    /// <summary>The window in pieces that stay well within one insert.</summary>
    public static IEnumerable<TimeWindow> Batches(TimeWindow window, SeedSettings settings)
    {
        var length = BatchLength(settings);
        for (var from = window.From; from < window.To; from += length)
        {
            yield return new TimeWindow(from, from + length < window.To ? from + length : window.To);
        }
    }

    public static TimeSpan BatchLength(SeedSettings settings) => TimeSpan.FromSeconds(Math.Max(1, RowsABatch * 60L / settings.RequestsAMinute));

    /// <summary>All that decides the rows, as a word.</summary>
    private static string Name(SeedSettings settings, TimeWindow window) =>
        $"seed:{Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { settings, window.From, window.To }, SreJson.Options)))[..16]}";
}
