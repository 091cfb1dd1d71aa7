using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace SreBot.Telemetry.Wire;

/// <summary>Finds how a ClickHouse type lies in RowBinary. Times come as UTC <see cref="DateTime"/>.</summary>
internal static class RowBinaryTypes
{
    private static readonly decimal[] PowersOfTen = [.. Enumerable.Range(0, 29).Select(n => decimal.Parse("1" + new string('0', n), CultureInfo.InvariantCulture))];

    /// <exception cref="ClickHouseException">The type is not one that SreBot reads.</exception>
    public static RowBinaryType Find(string name)
    {
        var type = ClickHouseType.Parse(name);
        return type.Name switch
        {
            "UInt8" => new RowBinaryFixed<byte>(name, 1, data => data[0]),
            "UInt16" => new RowBinaryFixed<ushort>(name, 2, BinaryPrimitives.ReadUInt16LittleEndian),
            "UInt32" => new RowBinaryFixed<uint>(name, 4, BinaryPrimitives.ReadUInt32LittleEndian),
            "UInt64" => new RowBinaryFixed<ulong>(name, 8, BinaryPrimitives.ReadUInt64LittleEndian),
            "Int8" => new RowBinaryFixed<sbyte>(name, 1, data => (sbyte)data[0]),
            "Int16" => new RowBinaryFixed<short>(name, 2, BinaryPrimitives.ReadInt16LittleEndian),
            "Int32" => new RowBinaryFixed<int>(name, 4, BinaryPrimitives.ReadInt32LittleEndian),
            "Int64" => new RowBinaryFixed<long>(name, 8, BinaryPrimitives.ReadInt64LittleEndian),
            "Float32" => new RowBinaryFixed<float>(name, 4, BinaryPrimitives.ReadSingleLittleEndian),
            "Float64" => new RowBinaryFixed<double>(name, 8, BinaryPrimitives.ReadDoubleLittleEndian),
            "Bool" => new RowBinaryFixed<bool>(name, 1, data => data[0] != 0),
            "String" => new RowBinaryString(name),
            "FixedString" => new RowBinaryFixed<string>(name, Number(type, 0), data => Encoding.UTF8.GetString(data).TrimEnd('\0')),
            "UUID" => new RowBinaryFixed<Guid>(name, 16, Uuid),
            "Date" => new RowBinaryFixed<DateTime>(name, 2, data => DateTime.UnixEpoch.AddDays(BinaryPrimitives.ReadUInt16LittleEndian(data))),
            "Date32" => new RowBinaryFixed<DateTime>(name, 4, data => DateTime.UnixEpoch.AddDays(BinaryPrimitives.ReadInt32LittleEndian(data))),
            "DateTime" => new RowBinaryFixed<DateTime>(name, 4, data => DateTime.UnixEpoch.AddSeconds(BinaryPrimitives.ReadUInt32LittleEndian(data))),
            "DateTime64" => Moment(name, Number(type, 0)),
            "Decimal" => Fraction(name, Number(type, 0), Number(type, 1)),
            "Decimal32" => Fraction(name, 9, Number(type, 0)),
            "Decimal64" => Fraction(name, 18, Number(type, 0)),
            "Decimal128" => Fraction(name, 38, Number(type, 0)),
            "Enum8" => Word(name, 1, Words(type), data => (sbyte)data[0]),
            "Enum16" => Word(name, 2, Words(type), BinaryPrimitives.ReadInt16LittleEndian),
            "Nothing" => new RowBinaryFixed<string>(name, 0, _ => ""),
            "Array" => Find(type.Arguments[0]).ArrayOf(name),
            "Nullable" => new RowBinaryNullable(name, Find(type.Arguments[0])),
            "LowCardinality" or "SimpleAggregateFunction" => Find(type.Arguments[^1]),
            _ => throw new ClickHouseException(0, $"SreBot does not read the ClickHouse type {name}."),
        };
    }

    private static int Number(ClickHouseType type, int argument) => int.Parse(type.Arguments[argument], CultureInfo.InvariantCulture);

    private static RowBinaryFixed<DateTime> Moment(string name, int digits)
    {
        var up = (long)PowersOfTen[Math.Max(0, 7 - digits)];
        var down = (long)PowersOfTen[Math.Max(0, digits - 7)];
        return new(name, 8, data => DateTime.UnixEpoch.AddTicks(BinaryPrimitives.ReadInt64LittleEndian(data) * up / down));
    }

    private static RowBinaryFixed<decimal> Fraction(string name, int precision, int scale) => precision switch
    {
        <= 9 => new(name, 4, data => BinaryPrimitives.ReadInt32LittleEndian(data) / PowersOfTen[scale]),
        <= 18 => new(name, 8, data => BinaryPrimitives.ReadInt64LittleEndian(data) / PowersOfTen[scale]),
        <= 38 when scale <= 28 => new(name, 16, data => (decimal)new BigInteger(data) / PowersOfTen[scale]),
        _ => throw new ClickHouseException(0, $"SreBot does not read the ClickHouse type {name}."),
    };

    /// <summary>Two little-endian halves, the high one first.</summary>
    private static Guid Uuid(ReadOnlySpan<byte> data)
    {
        Span<byte> ordered = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(ordered, BinaryPrimitives.ReadUInt64LittleEndian(data));
        BinaryPrimitives.WriteUInt64BigEndian(ordered[8..], BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
        return new Guid(ordered, bigEndian: true);
    }

    private static RowBinaryFixed<string> Word(string name, int width, Dictionary<int, string> words, Func<ReadOnlySpan<byte>, short> decode) =>
        new(name, width, data => words.TryGetValue(decode(data), out var word) ? word : throw new ClickHouseException(0, $"{name} has no value {decode(data)}."));

    private static Dictionary<int, string> Words(ClickHouseType type) => type.Arguments.ToDictionary(
        argument => int.Parse(argument.AsSpan(argument.LastIndexOf('=') + 1), NumberStyles.Integer, CultureInfo.InvariantCulture),
        argument => argument[(argument.IndexOf('\'', StringComparison.Ordinal) + 1)..argument.LastIndexOf('\'')].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal));
}
