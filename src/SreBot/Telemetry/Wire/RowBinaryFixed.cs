namespace SreBot.Telemetry.Wire;

/// <summary>A value of so many bytes.</summary>
internal sealed class RowBinaryFixed<T>(string name, int width, Func<ReadOnlySpan<byte>, T> decode) : RowBinaryType<T>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int at) => (at += width) <= data.Length;

    public override T Read(ReadOnlySpan<byte> data, ref int at)
    {
        var value = decode(data.Slice(at, width));
        at += width;
        return value;
    }
}
