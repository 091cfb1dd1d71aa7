namespace SreBot.Telemetry.Wire;

/// <summary>A length and so many items.</summary>
internal sealed class RowBinaryArray<T>(string name, RowBinaryType<T> item) : RowBinaryType<T[]>(name)
{
    public override bool TrySkip(ReadOnlySpan<byte> data, ref int at)
    {
        if (!RowBinaryString.TryReadLength(data, ref at, out var length))
            return false;

        for (var i = 0; i < length; i++)
        {
            if (!item.TrySkip(data, ref at))
                return false;
        }

        return true;
    }

    public override T[] Read(ReadOnlySpan<byte> data, ref int at)
    {
        RowBinaryString.TryReadLength(data, ref at, out var length);
        var items = new T[length];
        for (var i = 0; i < length; i++)
        {
            items[i] = item.Read(data, ref at);
        }

        return items;
    }
}
