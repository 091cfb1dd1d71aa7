using System.Text;

namespace SreBot.Telemetry.Wire;

/// <summary>A length and so many bytes of UTF-8; bytes that are not UTF-8 read as U+FFFD.</summary>
internal sealed class RowBinaryString(string name) : RowBinaryType<string>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int at) =>
        TryReadLength(data, ref at, out var length) && length <= data.Length - at && (at += length) <= data.Length;

    public override string Read(ReadOnlySpan<byte> data, ref int at)
    {
        TryReadLength(data, ref at, out var length);
        var text = Encoding.UTF8.GetString(data.Slice(at, length));
        at += length;
        return text;
    }

    /// <summary>LEB128, as ClickHouse writes every length.</summary>
    /// <returns>False when the data ends first, or when the length is past 2 GB.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> data, ref int at, out int length)
    {
        var (value, shift) = (0UL, 0);
        while (at < data.Length && shift < 63)
        {
            var part = data[at++];
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if ((part & 0x80) == 0)
            {
                length = value <= int.MaxValue ? (int)value : 0;
                return value <= int.MaxValue;
            }
        }

        length = 0;
        return false;
    }
}
