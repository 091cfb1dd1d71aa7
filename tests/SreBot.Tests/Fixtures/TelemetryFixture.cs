using SreBot.Embedded;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Chdb;
using SreBot.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(TelemetryFixture))]

namespace SreBot.Tests.Fixtures;

/// <summary>The one embedded ClickHouse of a test run (a process can have one data folder); every test class takes a database of its own.</summary>
public sealed class TelemetryFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"srebot-telemetry-{Guid.NewGuid():N}");
    private readonly TelemetryOptions options = new() { RetentionDays = 3650 }; // so that tests may use fixed dates in request; roll-ups keep two days
    private ChdbTransport? transport;
    private TelemetryStore? store;

    internal ITelemetryStore Store => store!;

    internal TelemetryOptions Options => options;

    internal ChdbTransport Transport => transport!;

    /// <summary>Where the engine keeps its data.</summary>
    internal ChdbLocation Location => new(EnginePaths.Find().RequireChdb(), folder);

    public ValueTask InitializeAsync()
    {
        transport = new ChdbTransport(Location, options);
        store = new TelemetryStore(transport, Microsoft.Extensions.Options.Options.Create(options));
        return ValueTask.CompletedTask;
    }

    /// <summary>A connection of the caller's own, who closes it.</summary>
    /// <param name="settings">Such as <c>readonly=1</c>.</param>
    internal ChdbConnection Connect(params IEnumerable<string> settings) => new(new ChdbLibrary(Location.Library), folder, settings);

    /// <summary>A new database with all tables.</summary>
    internal async Task<string> NewDatabaseAsync()
    {
        var database = $"sre_test_{Guid.NewGuid():N}";
        await Store.MigrateAsync(database, TestContext.Current.CancellationToken);
        return database;
    }

    /// <summary>An admin's scope.</summary>
    internal static AccessScope Scope(string database, params string[] projects) =>
        new() { OrganizationId = 1, TelemetryDatabase = database, Role = Role.Admin, Projects = projects };

    public async ValueTask DisposeAsync()
    {
        store?.Dispose();
        if (transport is not null)
            await transport.DisposeAsync();

        Directory.Delete(folder, recursive: true);
    }
}
