using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SreBot.Telemetry.Wire;

/// <summary>Writes rows for <c>INSERT … FORMAT RowBinary</c>, by the table's column types.</summary>
internal sealed class RowBinaryWriter(TelemetryTable table)
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly (string Column, ClickHouseType Type, bool Nullable)[] columns =
        [.. table.Columns.Select(column => (column.Name, ClickHouseType.Plain(column.Type, out var nullable), nullable))];

    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    /// <exception cref="ArgumentException">The row has not one value a column, or a value that does not fit.</exception>
    public void Write(object?[] row)
    {
        if (row.Length != columns.Length)
            throw new ArgumentException($"A row of {table.Name} has {columns.Length} values, not {row.Length}.", nameof(row));

        for (var i = 0; i < row.Length; i++)
        {
            var (column, type, nullable) = columns[i];
            if (nullable)
                Byte(row[i] is null ? (byte)1 : (byte)0);

            if (row[i] is { } value)
                Value(column, type, value);
            else if (!nullable)
                throw new ArgumentException($"{table.Name}.{column} must have a value.", nameof(row));
        }
    }

    private void Value(string column, ClickHouseType type, object value)
    {
        try
        {
            switch (type.Name)
            {
                case "String": Text((string)value); break;
                case "Bool": Byte((bool)value ? (byte)1 : (byte)0); break;
                case "UInt8": Byte(Convert.ToByte(value)); break;
                case "UInt16": BinaryPrimitives.WriteUInt16LittleEndian(Take(2), Convert.ToUInt16(value)); break;
                case "UInt32": BinaryPrimitives.WriteUInt32LittleEndian(Take(4), Convert.ToUInt32(value)); break;
                case "UInt64": BinaryPrimitives.WriteUInt64LittleEndian(Take(8), Convert.ToUInt64(value)); break;
                case "Int32": BinaryPrimitives.WriteInt32LittleEndian(Take(4), Convert.ToInt32(value)); break;
                case "Int64": BinaryPrimitives.WriteInt64LittleEndian(Take(8), Convert.ToInt64(value)); break;
                case "Float64": BinaryPrimitives.WriteDoubleLittleEndian(Take(8), Convert.ToDouble(value)); break;
                case "DateTime": BinaryPrimitives.WriteUInt32LittleEndian(Take(4), checked((uint)(Utc(value) - DateTime.UnixEpoch).TotalSeconds)); break;
                case "DateTime64": BinaryPrimitives.WriteInt64LittleEndian(Take(8), Steps(Utc(value), type)); break;
                default: throw new ArgumentException($"SreBot does not write the ClickHouse type {type.Name}.");
            }
        }
        catch (Exception error) when (error is InvalidCastException or OverflowException or FormatException)
        {
            throw new ArgumentException($"{table.Name}.{column} cannot hold a {value.GetType().Name} of {value}.", error);
        }
    }

    private static DateTime Utc(object value) => value switch
    {
        DateTimeOffset offset => offset.UtcDateTime,
        DateTime { Kind: DateTimeKind.Utc } utc => utc,
        _ => throw new InvalidCastException(),
    };

    /// <summary>Steps since 1970; a part of a step is cut off.</summary>
    private static long Steps(DateTime time, ClickHouseType type)
    {
        var digits = int.Parse(type.Arguments[0], CultureInfo.InvariantCulture);
        var ticks = (time - DateTime.UnixEpoch).Ticks;
        var factor = PowerOfTen(Math.Abs(7 - digits));
        return digits > 7 ? checked(ticks * factor) : ticks >= 0 ? ticks / factor : (ticks - factor + 1) / factor;
    }

    private static long PowerOfTen(int power) => power == 0 ? 1 : 10 * PowerOfTen(power - 1);

    private void Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        for (var rest = (uint)count; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                Byte((byte)rest);
                break;
            }

            Byte((byte)(rest | 0x80));
        }

        Encoding.UTF8.GetBytes(value, Take(count));
    }

    private void Byte(byte value) => Take(1)[0] = value;

    private Span<byte> Take(int count)
    {
        var span = buffer.GetSpan(count)[..count];
        buffer.Advance(count);
        return span;
    }
}
