using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace SreBot.Telemetry.Wire;

/// <summary>Rows of a whole answer in <c>RowBinaryWithNamesAndTypes</c>. A value is decoded when it is asked for, without boxing where the asked type is the column's own.</summary>
[SuppressMessage("Design", "CA1010", Justification = "DbDataReader is enumerable the old way.")]
[SuppressMessage("Naming", "CA1710", Justification = "DbDataReader's own naming.")]
internal sealed class RowBinaryReader : DbDataReader
{
    private readonly ReadOnlyMemory<byte> data;
    private readonly string[] names;
    private readonly RowBinaryType[] types;
    private readonly bool[] nullable;
    private readonly int[] offsets; // -1: null
    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
    private int next;
    private bool closed;

    /// <exception cref="ClickHouseException">The answer ends too early, or has a type that SreBot does not read.</exception>
    public RowBinaryReader(ReadOnlyMemory<byte> data)
    {
        this.data = data;
        var count = data.IsEmpty ? 0 : Length();
        names = new string[count];
        types = new RowBinaryType[count];
        nullable = new bool[count];
        offsets = new int[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = Text();
            ordinals.TryAdd(names[i], i);
        }

        for (var i = 0; i < count; i++)
        {
            var type = RowBinaryTypes.Find(Text());
            nullable[i] = type is RowBinaryNullable;
            types[i] = type is RowBinaryNullable maybe ? maybe.Inner : type;
        }

        HasRows = next < data.Length;
    }

    public override int FieldCount => names.Length;
    public override bool HasRows { get; }
    public override bool IsClosed => closed;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        var span = data.Span;
        if (closed || next >= span.Length || names.Length == 0)
            return false;

        for (var i = 0; i < types.Length; i++)
        {
            if (nullable[i] && next < span.Length && span[next++] == 1)
            {
                offsets[i] = -1;
                continue;
            }

            offsets[i] = next;
            if (!types[i].TrySkip(span, ref next))
                throw CutShort();
        }

        return true;
    }

    public override bool NextResult() => false;
    public override void Close() => closed = true;
    public override string GetName(int ordinal) => names[ordinal];
    public override string GetDataTypeName(int ordinal) => types[ordinal].Name;
    public override Type GetFieldType(int ordinal) => types[ordinal].ClrType;
    public override bool IsDBNull(int ordinal) => offsets[ordinal] < 0;

    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    [SuppressMessage("Usage", "CA2201", Justification = "What DbDataReader promises.")]
    public override int GetOrdinal(string name) =>
        ordinals.TryGetValue(name, out var ordinal) ? ordinal
            : Array.FindIndex(names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found ? found
            : throw new IndexOutOfRangeException($"The answer has no column '{name}'.");

    public override object GetValue(int ordinal)
    {
        var at = offsets[ordinal];
        return at < 0 ? DBNull.Value : types[ordinal].ReadObject(data.Span, ref at)!;
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, names.Length);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override T GetFieldValue<T>(int ordinal) =>
        types[ordinal] is RowBinaryType<T> && offsets[ordinal] >= 0 ? Get<T>(ordinal)
            : GetValue(ordinal) switch
            {
                T value => value,
                DBNull when default(T) is null => default!,
                DBNull => throw new InvalidCastException($"Column '{names[ordinal]}' is null."),
                DateTime time when typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateTimeOffset?) => (T)(object)new DateTimeOffset(time),
                var value => (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)),
            };

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);
    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);
    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);
    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);
    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);
    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);
    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);
    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);
    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);
    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);
    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);
    public override char GetChar(int ordinal) => GetString(ordinal)[0];
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    private T Get<T>(int ordinal)
    {
        var at = offsets[ordinal];
        return ((RowBinaryType<T>)types[ordinal]).Read(data.Span, ref at);
    }

    private int Length() => RowBinaryString.TryReadLength(data.Span, ref next, out var length) ? length : throw CutShort();

    private string Text()
    {
        var (at, type) = (next, new RowBinaryString("String"));
        return type.TrySkip(data.Span, ref next) ? type.Read(data.Span, ref at) : throw CutShort();
    }

    private static ClickHouseException CutShort() => new(0, "The telemetry store's answer ends in the middle of a row.");
}
