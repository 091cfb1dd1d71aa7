using SreBot.Embedded;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Hosting;

/// <summary>The data folder and the engines that this process runs itself; the settings replace either engine.</summary>
internal sealed class Engines : IAsyncDisposable
{
    private readonly EmbeddedPostgres? postgres;

    private Engines(DataFolder folder, EmbeddedPostgres? postgres, PostgresConnections connections, ChdbLocation? chdb)
    {
        Folder = folder;
        WasKilled = File.Exists(RunningFile);
        File.WriteAllText(RunningFile, "");
        this.postgres = postgres;
        Connections = connections;
        Chdb = chdb;
    }

    /// <summary>The bundled server died and runs again: pooled connections are broken.</summary>
    public event Action PostgresRestarted
    {
        add
        {
            if (postgres is not null)
            {
                postgres.Restarted += value;
            }
        }
        remove
        {
            if (postgres is not null)
            {
                postgres.Restarted -= value;
            }
        }
    }

    public DataFolder Folder { get; }
    public PostgresConnections Connections { get; }

    /// <summary>The process before this one had no time to stop.</summary>
    public bool WasKilled { get; }

    private string RunningFile => Path.Combine(Folder.Path, "running");

    /// <summary>Null when <c>Telemetry:Endpoint</c> is set.</summary>
    public ChdbLocation? Chdb { get; }

    /// <exception cref="SreException">Another SreBot serves from the folder, or an engine is missing: the message says which setting replaces it.</exception>
    public static async Task<Engines> StartAsync(ServeSettings settings, IConfiguration configuration, TimeProvider time, ILogger logger, CancellationToken cancel)
    {
        var external = configuration.GetSection("Postgres").Get<PostgresOptions>() ?? new();
        var hasEndpoint = !string.IsNullOrEmpty(configuration["Telemetry:Endpoint"]);
        var folder = settings.IsEphemeral
            ? await DataFolder.OpenEphemeralAsync(time, cancel)
            : await DataFolder.OpenAsync(settings.DataFolder, time, cancel);
        try
        {
            var chdb = hasEndpoint ? null : new ChdbLocation(EnginePaths.Find().RequireChdb(), folder.TelemetryFolder);
            if (external.ConnectionString is { Length: > 0 } serving)
            {
                return new(folder, null, new(serving, external.MigrationConnectionString is { Length: > 0 } owner ? owner : serving, IsExclusive: false), chdb);
            }

            var postgres = await EmbeddedPostgres.StartAsync(folder.PostgresFolder, EnginePaths.Find(), time, logger, cancel);
            return new(folder, postgres, new(postgres.ConnectionString, postgres.MigrationConnectionString, IsExclusive: true), chdb);
        }
        catch
        {
            await folder.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }

        File.Delete(RunningFile);

        await Folder.DisposeAsync();
    }
}
