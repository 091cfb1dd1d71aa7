using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using SreBot.Model;

namespace SreBot.Telemetry.Wire;

/// <summary>Writes values as ClickHouse reads them in place of <c>{name:Type}</c>. An integer is checked here, because ClickHouse lets one that is too large wrap around.</summary>
internal static class ParameterText
{
    /// <exception cref="SreException">Invalid, when the value does not fit the type.</exception>
    /// <exception cref="InvalidOperationException">The type is not one that parameters may have, or null stands for a type without null.</exception>
    public static string Format(string name, string type, object? value)
    {
        var plain = ClickHouseType.Plain(type, out var nullable);
        if (value is null)
            return nullable ? "\\N" : throw new InvalidOperationException($"The parameter '{name}' has no value.");

        if (plain.Name == "Identifier")
            return DatabaseName.Check((string)value);

        if (plain.Name != "Array")
            return Scalar(name, plain, value) is var text && IsText(plain) ? Escape(text) : text;

        var items = value is IEnumerable list and not string ? list.Cast<object?>() : throw Misfit(name, type, value);
        return $"[{string.Join(',', items.Select(item => Item(name, plain.Arguments[0], item)))}]";
    }

    private static string Item(string name, string type, object? value)
    {
        var plain = ClickHouseType.Plain(type, out var nullable);
        if (value is null)
            return nullable ? "NULL" : throw new InvalidOperationException($"The parameter '{name}' has an item without a value.");

        var text = Scalar(name, plain, value);
        return IsText(plain) || plain.Name.StartsWith("Date", StringComparison.Ordinal) ? $"'{Escape(text)}'" : text;
    }

    private static bool IsText(ClickHouseType type) => type.Name is "String" or "FixedString" or "UUID" or "Enum8" or "Enum16";

    private static string Scalar(string name, ClickHouseType type, object value) => type.Name switch
    {
        "String" or "FixedString" or "Enum8" or "Enum16" => value as string ?? throw Misfit(name, type.Name, value),
        "UUID" => value is Guid id ? id.ToString("D") : throw Misfit(name, type.Name, value),
        "Bool" => value is bool yes ? (yes ? "true" : "false") : throw Misfit(name, type.Name, value),
        "Int8" => Whole(name, value, sbyte.MinValue, sbyte.MaxValue),
        "Int16" => Whole(name, value, short.MinValue, short.MaxValue),
        "Int32" => Whole(name, value, int.MinValue, int.MaxValue),
        "Int64" => Whole(name, value, long.MinValue, long.MaxValue),
        "UInt8" => Whole(name, value, 0, byte.MaxValue),
        "UInt16" => Whole(name, value, 0, ushort.MaxValue),
        "UInt32" => Whole(name, value, 0, uint.MaxValue),
        "UInt64" => Whole(name, value, 0, ulong.MaxValue),
        "Float32" or "Float64" => Real(name, value),
        "Decimal" or "Decimal32" or "Decimal64" or "Decimal128" => value is decimal or int or long ? Convert.ToDecimal(value).ToString(CultureInfo.InvariantCulture) : throw Misfit(name, type.Name, value),
        "Date" => Moment(name, value, "yyyy-MM-dd", 0),
        "DateTime" => Moment(name, value, "yyyy-MM-dd HH:mm:ss", 0),
        "DateTime64" => Moment(name, value, "yyyy-MM-dd HH:mm:ss.fffffff", int.Parse(type.Arguments[0], CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"The parameter '{name}' has the type {type.Name}, which parameters may not have."),
    };

    private static string Whole(string name, object value, BigInteger least, BigInteger most)
    {
        BigInteger number = value switch
        {
            int n => n, long n => n, uint n => n, ulong n => n, short n => n, ushort n => n, byte n => n, sbyte n => n,
            _ => throw Misfit(name, "whole number", value),
        };
        return number >= least && number <= most
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new SreException(SreErrorKind.Invalid, $"{name} must lie between {least} and {most}; it is {number}.");
    }

    private static string Real(string name, object value)
    {
        var number = value switch
        {
            double or float or int or long or uint or decimal => Convert.ToDouble(value),
            _ => throw Misfit(name, "number", value),
        };
        return double.IsNaN(number) ? "nan" : double.IsInfinity(number) ? (number > 0 ? "inf" : "-inf") : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>UTC; the transports set the session's time zone to UTC, so a type without a zone means the same.</summary>
    private static string Moment(string name, object value, string format, int digits)
    {
        var moment = value switch
        {
            DateTimeOffset offset => offset.UtcDateTime,
            DateTime { Kind: DateTimeKind.Utc } utc => utc,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            _ => throw Misfit(name, "UTC time", value),
        };
        if (moment.Year is < 1970 or > 2105)
            throw new SreException(SreErrorKind.Invalid, $"{name} must lie between the years 1970 and 2105.");

        // .NET counts in steps of 100 ns, which is seven digits.
        var text = moment.ToString(format, CultureInfo.InvariantCulture);
        return !format.EndsWith('f') ? text : digits == 0 ? text[..^8] : digits <= 7 ? text[..^(7 - digits)] : text.PadRight(text.Length + digits - 7, '0');
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append("\\\\"),
                '\'' => escaped.Append("\\'"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\0' => escaped.Append("\\0"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static SreException Misfit(string name, string type, object value) =>
        new(SreErrorKind.Invalid, $"{name} must be a {type}; it is a {value.GetType().Name}.");
}
