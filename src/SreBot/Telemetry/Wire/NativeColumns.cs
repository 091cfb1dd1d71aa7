using System.Buffers.Binary;
using System.Globalization;

namespace SreBot.Telemetry.Wire;

/// <summary>Finds how a ClickHouse type is written in the Native format.</summary>
internal static class NativeColumns
{
    /// <exception cref="ArgumentException">The type is not one that SreBot writes.</exception>
    public static NativeColumn Of(string name)
    {
        var type = ClickHouseType.Parse(name);
        return type.Name switch
        {
            "Nullable" => new NativeNullable(Of(type.Arguments[0])),
            "LowCardinality" when type.Arguments[0] == "String" => new NativeWords(),
            "SimpleAggregateFunction" => Of(type.Arguments[^1]),
            "String" => new NativeText(),
            "Bool" => new NativeFixed(1, (place, value) => place[0] = (bool)value ? (byte)1 : (byte)0),
            "UInt8" => new NativeFixed(1, (place, value) => place[0] = Convert.ToByte(value)),
            "UInt16" => new NativeFixed(2, (place, value) => BinaryPrimitives.WriteUInt16LittleEndian(place, Convert.ToUInt16(value))),
            "UInt32" => new NativeFixed(4, (place, value) => BinaryPrimitives.WriteUInt32LittleEndian(place, Convert.ToUInt32(value))),
            "UInt64" => new NativeFixed(8, (place, value) => BinaryPrimitives.WriteUInt64LittleEndian(place, Convert.ToUInt64(value))),
            "Int32" => new NativeFixed(4, (place, value) => BinaryPrimitives.WriteInt32LittleEndian(place, Convert.ToInt32(value))),
            "Int64" => new NativeFixed(8, (place, value) => BinaryPrimitives.WriteInt64LittleEndian(place, Convert.ToInt64(value))),
            "Float64" => new NativeFixed(8, (place, value) => BinaryPrimitives.WriteDoubleLittleEndian(place, Convert.ToDouble(value))),
            "DateTime" => new NativeFixed(4, (place, value) => BinaryPrimitives.WriteUInt32LittleEndian(place, checked((uint)(Utc(value) - DateTime.UnixEpoch).TotalSeconds))),
            "DateTime64" => Moments(int.Parse(type.Arguments[0], CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"SreBot does not write the ClickHouse type {name}."),
        };
    }

    /// <summary>Steps since 1970; a part of a step is cut off.</summary>
    private static NativeFixed Moments(int digits)
    {
        var factor = PowerOfTen(Math.Abs(7 - digits));
        return new NativeFixed(8, (place, value) =>
        {
            var ticks = (Utc(value) - DateTime.UnixEpoch).Ticks;
            BinaryPrimitives.WriteInt64LittleEndian(place, digits > 7 ? checked(ticks * factor) : ticks >= 0 ? ticks / factor : (ticks - factor + 1) / factor);
        });
    }

    private static long PowerOfTen(int power) => power == 0 ? 1 : 10 * PowerOfTen(power - 1);

    private static DateTime Utc(object value) => value switch
    {
        DateTimeOffset offset => offset.UtcDateTime,
        DateTime { Kind: DateTimeKind.Utc } utc => utc,
        _ => throw new InvalidCastException(),
    };
}
