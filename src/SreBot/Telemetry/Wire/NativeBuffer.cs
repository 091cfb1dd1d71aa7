using System.Buffers;
using System.Text;

namespace SreBot.Telemetry.Wire;

/// <summary>Bytes that grow without being moved, in pieces of rented memory.</summary>
internal sealed class NativeBuffer : IDisposable
{
    private const int LeastPiece = 1024;
    private const int MostPiece = 256 * 1024;

    private readonly List<(byte[] Piece, int Used)> full = [];
    private byte[] piece = [];
    private int used;

    /// <summary>In bytes, what is rented.</summary>
    public long Held { get; private set; }

    /// <summary>The next bytes, to be written; they lie in one piece.</summary>
    public Span<byte> Take(int count)
    {
        if (piece.Length - used < count)
            Turn(count);

        var taken = piece.AsSpan(used, count);
        used += count;
        return taken;
    }

    /// <summary>As <see cref="Take"/>, for a writer who comes back.</summary>
    public Memory<byte> Reserve(int count)
    {
        Take(count);
        return piece.AsMemory(used - count, count);
    }

    /// <summary>A length in steps of seven bits, and the bytes.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Number((uint)utf8.Length);
        utf8.CopyTo(Take(utf8.Length));
    }

    public void Text(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Number((uint)count);
        Encoding.UTF8.GetBytes(text, Take(count));
    }

    public void Number(uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            Take(1)[0] = (byte)(number | 0x80);
        }

        Take(1)[0] = (byte)number;
    }

    /// <summary>Adds the written pieces in order; they are good until this is disposed.</summary>
    public void AddTo(List<ReadOnlyMemory<byte>> pieces)
    {
        pieces.AddRange(full.Select(one => (ReadOnlyMemory<byte>)one.Piece.AsMemory(0, one.Used)));
        if (used > 0)
            pieces.Add(piece.AsMemory(0, used));
    }

    public void Dispose()
    {
        foreach (var (rented, _) in full)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        if (piece.Length > 0)
            ArrayPool<byte>.Shared.Return(piece);

        full.Clear();
        (piece, used, Held) = ([], 0, 0);
    }

    private void Turn(int count)
    {
        if (piece.Length > 0)
            full.Add((piece, used));

        piece = ArrayPool<byte>.Shared.Rent(Math.Max(count, Math.Clamp(piece.Length * 2, LeastPiece, MostPiece)));
        used = 0;
        Held += piece.Length;
    }
}
