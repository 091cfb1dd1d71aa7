using SreBot.Model;

namespace SreBot.Telemetry.Wire;

/// <summary>Carries statements to one ClickHouse and brings answers back; knows no scope and no table.</summary>
internal interface IClickHouseTransport : IAsyncDisposable
{
    /// <summary>Runs a read that can change nothing, within the limits of <see cref="TelemetryOptions"/>. The whole answer has arrived when this returns.</summary>
    /// <param name="parameters">In ClickHouse's text form.</param>
    /// <exception cref="SreException">Unavailable, when the engine cannot be reached; Invalid, when a limit is reached.</exception>
    /// <exception cref="ClickHouseException">Any other refusal.</exception>
    Task<RowBinaryReader> QueryAsync(string sql, IReadOnlyDictionary<string, string> parameters, CancellationToken cancel);

    /// <summary>Asks for a right, such as <c>INSERT ON sre.*</c>: one row, 1 or 0. Without the limits of a read, which take away every right to write.</summary>
    /// <exception cref="ClickHouseException">The server cannot tell.</exception>
    Task<RowBinaryReader> CheckGrantAsync(string right, CancellationToken cancel);

    /// <summary>Runs a statement that returns nothing.</summary>
    Task ExecuteAsync(string sql, CancellationToken cancel);

    /// <summary>Runs an INSERT, which names no format, with one block of rows in the Native format. Once it has begun it runs to its end.</summary>
    /// <param name="block">In pieces.</param>
    Task InsertAsync(string sql, IReadOnlyList<ReadOnlyMemory<byte>> block, CancellationToken cancel);

    /// <summary>What answers, for a person; holds no secret.</summary>
    Task<string> DescribeAsync(CancellationToken cancel);
}
