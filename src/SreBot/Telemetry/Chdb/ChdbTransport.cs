using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Chdb;

/// <summary>ClickHouse in this process. A process has one data folder, and a folder one process.</summary>
internal sealed class ChdbTransport : IClickHouseTransport
{
    private const string Format = "RowBinaryWithNamesAndTypes";
    private static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>();

    private readonly ChdbLibrary library;
    private readonly ChdbPool readers;
    private readonly ChdbPool writers;
    private bool disposed;

    /// <exception cref="SreException">Unavailable, when the library cannot be loaded or the folder cannot be made.</exception>
    public ChdbTransport(ChdbLocation location, TelemetryOptions options)
    {
        library = Load(location);
        readers = new ChdbPool(options.Readers, "chdb-reader", name => new ChdbConnection(library, location.Folder, [.. ReadLimits.Of(options).Select(limit => $"{limit.Key}={limit.Value}"), $"log_comment={name}"]));
        writers = new ChdbPool(2, "chdb-writer", name => new ChdbConnection(library, location.Folder, ["session_timezone=UTC", $"log_comment={name}"]));
    }

    /// <remarks>A cancelled read is killed in the engine; the worker's name is its connection's <c>log_comment</c>.</remarks>
    public async Task<RowBinaryReader> QueryAsync(string sql, IReadOnlyDictionary<string, string> parameters, CancellationToken cancel) =>
        new(await readers.RunAsync(connection => connection.Query(sql, Format, parameters), KillAsync, cancel));

    public async Task<RowBinaryReader> CheckGrantAsync(string right, CancellationToken cancel) =>
        new(await writers.RunAsync(connection => connection.Query($"CHECK GRANT {right}", Format, NoParameters), null, cancel));

    public Task ExecuteAsync(string sql, CancellationToken cancel) =>
        writers.RunAsync(connection => connection.Query(sql, "Null", NoParameters), null, cancel);

    public Task InsertAsync(string sql, IReadOnlyList<ReadOnlyMemory<byte>> block, CancellationToken cancel) => writers.RunAsync(
        connection =>
        {
            connection.Insert(sql, "Native", block);
            return true;
        },
        null, cancel);

    public Task<string> DescribeAsync(CancellationToken cancel) => Task.FromResult($"chDB {library.Version} in process");

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        await readers.DisposeAsync();
        await writers.DisposeAsync();
    }

    private const string KillSql = "KILL QUERY WHERE Settings['log_comment'] = {worker:String} ASYNC FORMAT Null";

    private Task KillAsync(string worker) => writers.RunAsync(
        connection => connection.Query(KillSql, "Null", new Dictionary<string, string> { ["worker"] = worker }), null, CancellationToken.None);

    private static ChdbLibrary Load(ChdbLocation location)
    {
        try
        {
            Directory.CreateDirectory(location.Folder);
            return new ChdbLibrary(location.Library);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new SreException(SreErrorKind.Unavailable, $"The bundled ClickHouse engine cannot be loaded from {location.Library}; build again to restore it, or set Telemetry:Endpoint.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SreException(SreErrorKind.Unavailable, $"The telemetry store's folder {location.Folder} cannot be made: {error.Message}", error);
        }
    }
}
