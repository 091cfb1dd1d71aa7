namespace SreBot.Telemetry.Wire;

/// <summary>A byte, 1 for null, then the value where there is one.</summary>
internal sealed class RowBinaryNullable(string name, RowBinaryType inner) : RowBinaryType<object?>(name, inner.ClrType)
{
    public RowBinaryType Inner => inner;

    public override bool TrySkip(ReadOnlySpan<byte> data, ref int at) =>
        at < data.Length && (data[at++] == 1 || inner.TrySkip(data, ref at));

    public override object? Read(ReadOnlySpan<byte> data, ref int at) => data[at++] == 1 ? null : inner.ReadObject(data, ref at);
}
