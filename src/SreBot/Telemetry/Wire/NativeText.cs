namespace SreBot.Telemetry.Wire;

/// <summary><c>String</c>.</summary>
internal sealed class NativeText : NativeColumn
{
    private readonly NativeBuffer values = new();

    public override long Held => values.Held;

    public override void Add(object value) => values.Text((string)value);

    public void Add(ReadOnlySpan<byte> utf8) => values.Text(utf8);

    /// <summary>A value of that many bytes, which the caller writes until the block is sent.</summary>
    public Memory<byte> Reserve(int count)
    {
        values.Number((uint)count);
        return values.Reserve(count);
    }

    public override void AddNothing() => values.Text([]);

    public override void AddTo(List<ReadOnlyMemory<byte>> pieces) => values.AddTo(pieces);

    public override void Dispose() => values.Dispose();
}
