using System.Runtime.InteropServices;
using SreBot.Model;
using SreBot.Telemetry.Wire;

namespace SreBot.Telemetry.Chdb;

/// <summary>One connection of the engine: one caller at a time, every call blocks.</summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private readonly ChdbLibrary library;
    private nint* connection;

    /// <param name="settings">ClickHouse settings of this connection, such as <c>readonly=1</c>.</param>
    /// <exception cref="SreException">Unavailable: another process has the folder, or it cannot be written.</exception>
    public ChdbConnection(ChdbLibrary library, string folder, IEnumerable<string> settings)
    {
        this.library = library;
        // The engine would write its own log on a terminal, where SreBot speaks to a person.
        string[] arguments = ["srebot", $"--path={folder}", "--logger.console=false", .. settings.Select(setting => $"--{setting}")];
        using var texts = new NativeTexts(arguments);
        connection = library.Connect(arguments.Length, texts.Pointers);
        if (connection is null) // and the engine does not say why
            throw new SreException(SreErrorKind.Unavailable, $"The telemetry store in {folder} could not be opened: another process is using it, or the folder cannot be written. Stop that process, or choose another folder with --data.");
    }

    /// <summary>Of the last call that succeeded.</summary>
    public (ulong RowsRead, ulong BytesRead, ulong RowsWritten) Counts { get; private set; }

    /// <returns>The whole answer.</returns>
    /// <param name="format">Used when the SQL names none.</param>
    /// <exception cref="SreException">See <see cref="ClickHouseErrors"/>.</exception>
    /// <exception cref="ClickHouseException">See <see cref="ClickHouseErrors"/>.</exception>
    public byte[] Query(string sql, string format, IReadOnlyDictionary<string, string> parameters)
    {
        using var texts = new NativeTexts([sql, format]);
        if (parameters.Count == 0)
            return Take(library.Query(Handle, texts.Pointers[0], texts.Lengths[0], texts.Pointers[1], texts.Lengths[1]));

        using var names = new NativeTexts([.. parameters.Keys]);
        using var values = new NativeTexts([.. parameters.Values]);
        return Take(library.QueryWithParameters(
            Handle, texts.Pointers[0], texts.Lengths[0], texts.Pointers[1], texts.Lengths[1],
            names.Pointers, names.Lengths, values.Pointers, values.Lengths, (nuint)parameters.Count));
    }

    /// <summary>Runs an INSERT with its rows.</summary>
    /// <param name="format">Of the rows.</param>
    /// <exception cref="SreException">See <see cref="ClickHouseErrors"/>.</exception>
    /// <exception cref="ClickHouseException">See <see cref="ClickHouseErrors"/>.</exception>
    public void Insert(string sql, string format, IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        using var texts = new NativeTexts([sql, format]);
        var stream = library.StreamInsert(Handle, texts.Pointers[0], texts.Lengths[0], texts.Pointers[1], texts.Lengths[1]);
        try
        {
            Check(library.StreamError(stream));
            foreach (var piece in rows)
            {
                Append(stream, piece.Span);
            }

            Take(library.StreamDone(stream));
        }
        finally
        {
            library.DestroyStream(stream); // cancels what is not done
        }
    }

    private void Append(nint stream, ReadOnlySpan<byte> piece)
    {
        fixed (byte* start = piece)
        {
            if (library.StreamAppend(stream, start, (nuint)piece.Length) == 0)
                return;
        }

        Check(library.StreamError(stream));
        throw new ClickHouseException(0, "The telemetry store took no rows and did not say why.");
    }

    public void Dispose()
    {
        if (connection is not null)
        {
            library.CloseConnection(connection);
            connection = null;
        }
    }

    private nint Handle => connection is null ? throw new ObjectDisposedException(nameof(ChdbConnection)) : *connection;

    private byte[] Take(nint result)
    {
        try
        {
            Check(library.ResultError(result));
            Counts = (library.ResultRowsRead(result), library.ResultBytesRead(result), library.ResultRowsWritten(result));
            var length = library.ResultLength(result);
            return length <= (nuint)Array.MaxLength
                ? new ReadOnlySpan<byte>(library.ResultBuffer(result), (int)length).ToArray()
                : throw ClickHouseErrors.From("Code: 396. The answer is larger than 2 GB.");
        }
        finally
        {
            library.DestroyResult(result);
        }
    }

    private static void Check(byte* error)
    {
        if (error is not null && Marshal.PtrToStringUTF8((nint)error) is { Length: > 0 } text)
            throw ClickHouseErrors.From(text);
    }
}
