namespace SreBot.Telemetry.Wire;

/// <summary>A type whose values all have one width.</summary>
internal sealed class NativeFixed(int width, NativeFixed.Writer write) : NativeColumn
{
    private readonly NativeBuffer values = new();

    public delegate void Writer(Span<byte> place, object value);

    public override long Held => values.Held;

    public override void Add(object value) => write(values.Take(width), value);

    /// <summary>The place of the next value, which the caller writes.</summary>
    public Span<byte> Take() => values.Take(width);

    public override void AddNothing() => values.Take(width).Clear();

    public override void AddTo(List<ReadOnlyMemory<byte>> pieces) => values.AddTo(pieces);

    public override void Dispose() => values.Dispose();
}
