namespace SreBot.Telemetry.Wire;

/// <summary><c>Nullable(…)</c>: a byte a value that says whether there is none, then the values.</summary>
internal sealed class NativeNullable(NativeColumn values) : NativeColumn
{
    private readonly NativeBuffer nulls = new();

    public override long Held => nulls.Held + values.Held;

    public override void Add(object value)
    {
        values.Add(value);
        nulls.Take(1)[0] = 0;
    }

    public override void AddNothing()
    {
        values.AddNothing();
        nulls.Take(1)[0] = 1;
    }

    public override void AddTo(List<ReadOnlyMemory<byte>> pieces)
    {
        nulls.AddTo(pieces);
        values.AddTo(pieces);
    }

    public override void Dispose()
    {
        nulls.Dispose();
        values.Dispose();
    }
}
