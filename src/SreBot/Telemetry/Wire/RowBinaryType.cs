namespace SreBot.Telemetry.Wire;

/// <summary>How values of one ClickHouse type lie in RowBinary.</summary>
internal abstract class RowBinaryType(string name, Type clrType)
{
    /// <summary>As ClickHouse names it, such as <c>DateTime64(3, 'UTC')</c>.</summary>
    public string Name { get; } = name;

    public Type ClrType { get; } = clrType;

    /// <summary>Moves <paramref name="at"/> past one value.</summary>
    /// <returns>False when the data ends before the value does.</returns>
    public abstract bool TrySkip(ReadOnlySpan<byte> data, ref int at);

    /// <summary>The value at <paramref name="at"/>, which moves past it.</summary>
    public abstract object? ReadObject(ReadOnlySpan<byte> data, ref int at);

    public abstract RowBinaryType ArrayOf(string name);
}
