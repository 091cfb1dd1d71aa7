namespace SreBot.Telemetry.Wire;

/// <summary>The values of one column as they lie in a block of ClickHouse's Native format.</summary>
internal abstract class NativeColumn : IDisposable
{
    /// <summary>In bytes, the memory that is rented for it.</summary>
    public abstract long Held { get; }

    /// <exception cref="InvalidCastException">The value is of another kind.</exception>
    /// <exception cref="OverflowException">The value is outside of the type's range.</exception>
    public abstract void Add(object value);

    /// <summary>Adds what stands under a null.</summary>
    public abstract void AddNothing();

    /// <summary>Adds the column's bytes, which are good until it is disposed.</summary>
    public abstract void AddTo(List<ReadOnlyMemory<byte>> pieces);

    public abstract void Dispose();
}
