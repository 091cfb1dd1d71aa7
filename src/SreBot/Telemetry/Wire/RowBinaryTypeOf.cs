namespace SreBot.Telemetry.Wire;

/// <inheritdoc/>
internal abstract class RowBinaryType<T>(string name, Type? clrType = null) : RowBinaryType(name, clrType ?? typeof(T))
{
    /// <inheritdoc cref="RowBinaryType.ReadObject"/>
    public abstract T Read(ReadOnlySpan<byte> data, ref int at);

    public override object? ReadObject(ReadOnlySpan<byte> data, ref int at) => Read(data, ref at);

    public override RowBinaryType ArrayOf(string name) => new RowBinaryArray<T>(name, this);
}
