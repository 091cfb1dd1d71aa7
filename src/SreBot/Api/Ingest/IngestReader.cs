using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Api.Ingest;

/// <summary>Reads a body as it comes and keeps its rows alone, so that a batch of any size needs the memory of its columns.</summary>
internal sealed class IngestReader(IOptions<IngestOptions> options, IOptions<TelemetryOptions> telemetry, TimeProvider time)
{
    private const int Piece = 256 * 1024;
    private const int RowsBetweenLooks = 1024;
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <param name="key">The sender's name for the batch; null: its bytes name it.</param>
    /// <returns>The rows, and a word that is the same for the same batch; the caller disposes them.</returns>
    /// <exception cref="SreException">Invalid or Forbidden with the line's number, TooLarge, Busy.</exception>
    public async Task<(IngestBatch Batch, string Token)> ReadAsync(Stream body, bool isPacked, AccessScope scope, string? key, IngestGate.Pass pass, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var batch = new IngestBatch(new IngestLimits(scope, now.AddDays(-telemetry.Value.RetentionDays), now + MostAhead));
        var buffer = ArrayPool<byte>.Shared.Rent(Piece + options.Value.LineBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var plain = isPacked ? new GZipStream(body, CompressionMode.Decompress, leaveOpen: true) : body;
            var state = new State(batch, pass);
            for (var filled = 0; ;)
            {
                var read = await ReadAsync(plain, buffer.AsMemory(filled), cancel);
                if ((state.Bytes += read) > options.Value.BatchBytes)
                    throw new SreException(SreErrorKind.TooLarge, $"The batch is larger than {options.Value.BatchBytes:N0} bytes (Ingest:BatchBytes); nothing of it was taken. Send it in smaller ones.");

                if (key is null)
                    hash.AppendData(buffer, filled, read);

                filled += read;
                var used = TakeLines(state, buffer.AsSpan(0, filled), isLast: read == 0);
                if (read == 0)
                    break;

                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }

            if (batch.Count == 0)
                throw new SreException(SreErrorKind.Invalid, "The body is empty; send one JSON object a line.");

            pass.Hold(batch.Held);
            var token = Convert.ToHexStringLower(key is null ? hash.GetHashAndReset() : SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"key:{key}")));
            batch.NameRows(token);
            return (batch, token);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(Stream body, Memory<byte> free, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(free, cancel);
        }
        catch (InvalidDataException error)
        {
            throw new SreException(SreErrorKind.Invalid, "The body is not whole gzip, as its Content-Encoding says; nothing of it was taken.", error);
        }
    }

    /// <returns>How many bytes were used: whole lines.</returns>
    private int TakeLines(State state, ReadOnlySpan<byte> text, bool isLast)
    {
        var used = 0;
        for (int length; (length = text[used..].IndexOf((byte)'\n')) >= 0; used += length + 1)
        {
            TakeLine(state, text.Slice(used, length));
        }

        if (text.Length - used > options.Value.LineBytes)
            throw TooLong(state.Line + 1);

        if (isLast && used < text.Length)
            TakeLine(state, text[used..]);

        return used;
    }

    private void TakeLine(State state, ReadOnlySpan<byte> text)
    {
        state.Line++;
        if (state.Line == 1 && text.StartsWith(Mark))
            text = text[Mark.Length..];
        if (text.Length > options.Value.LineBytes)
            throw TooLong(state.Line);
        if (text.TrimEnd(" \t\r"u8).IsEmpty)
            return;

        try
        {
            if (!Utf8.IsValid(text))
                throw new SreException(SreErrorKind.Invalid, "it is not UTF-8.");

            state.Values.Read(text);
            state.Batch.Add(state.Values, text, state.Line);
        }
        catch (SreException error)
        {
            throw new SreException(error.Kind, $"Line {state.Line:N0}: {error.Message} Nothing of the batch was taken.", error);
        }

        if (state.Batch.Count > options.Value.BatchRows)
            throw new SreException(SreErrorKind.TooLarge, $"The batch has more than {options.Value.BatchRows:N0} rows (Ingest:BatchRows); nothing of it was taken. Send it in smaller ones.");
        if (state.Batch.Count % RowsBetweenLooks == 0)
            state.Pass.Hold(state.Batch.Held);
    }

    private SreException TooLong(long line) => new(SreErrorKind.Invalid, $"Line {line:N0}: it is longer than {options.Value.LineBytes:N0} bytes (Ingest:LineBytes). Nothing of the batch was taken.");

    /// <summary>How far a body has been read.</summary>
    private sealed class State(IngestBatch batch, IngestGate.Pass pass)
    {
        public IngestBatch Batch => batch;
        public IngestGate.Pass Pass => pass;
        public IngestLine Values { get; } = new();
        public long Line { get; set; }
        public long Bytes { get; set; }
    }
}
