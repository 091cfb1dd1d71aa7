using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SreBot.Model;

namespace SreBot.Api.Ingest;

/// <summary>One line's values, checked one by one; the next line takes their place, and none of them is an object.</summary>
internal sealed class IngestLine
{
    private const int MostTextBytes = 512;

    private static readonly uint Required = (uint)Enumerable.Range(0, IngestField.All.Count).Where(i => IngestField.All[i].Default is null).Sum(i => 1 << i);

    private readonly int[] order = [.. Enumerable.Range(0, IngestField.All.Count)]; // of the fields in the line before: the next one's is nearly always the same
    private readonly (int Start, int Length)[] texts = new (int, int)[IngestField.FirstNumber];
    private readonly byte[]?[] unescaped = new byte[]?[IngestField.FirstNumber];
    private readonly double[] numbers = new double[IngestField.All.Count];
    private uint seen;

    /// <summary>Milliseconds since 1970.</summary>
    public long Timestamp { get; private set; }

    public bool HasId => (seen & (1 << IngestField.Id)) != 0;

    /// <exception cref="SreException">Invalid: what is wrong with the line, without its number.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        seen = 0;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new SreException(SreErrorKind.Invalid, "it should be one JSON object, from { to }.");

            for (var i = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; i++)
            {
                var field = Field(ref reader, i);
                reader.Read();
                Value(field, ref reader, line);
            }

            if (reader.Read())
                throw new SreException(SreErrorKind.Invalid, "something stands after its JSON object.");
        }
        catch (JsonException error)
        {
            throw new SreException(SreErrorKind.Invalid, $"it is not one whole JSON object; the fault is at its byte {error.BytePositionInLine + 1}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new SreException(SreErrorKind.Invalid, "a field's name holds half of a character, such as \\ud83d without its other half.", error);
        }

        if ((seen & Required) != Required)
            throw new SreException(SreErrorKind.Invalid, $"it has no {string.Join(" and no ", IngestField.All.Where((_, i) => (Required & ~seen & (1 << i)) != 0).Select(field => field.Name))}.");
    }

    /// <summary>Empty when the line does not give it.</summary>
    public ReadOnlySpan<byte> Text(int field, ReadOnlySpan<byte> line) =>
        (seen & (1 << field)) == 0 ? [] : unescaped[field] is { } text ? text : line.Slice(texts[field].Start, texts[field].Length);

    /// <summary>The default when the line does not give it.</summary>
    public double Number(int field) => (seen & (1 << field)) == 0 ? IngestField.All[field].Default!.Value : numbers[field];

    private int Field(ref Utf8JsonReader name, int place)
    {
        var field = place < order.Length && !name.ValueIsEscaped && name.ValueSpan.SequenceEqual(IngestField.All[order[place]].Utf8) ? order[place] : IngestField.Find(ref name);
        if ((seen & (1 << field)) != 0)
            throw new SreException(SreErrorKind.Invalid, $"it gives {IngestField.All[field].Name} twice.");

        if (place < order.Length)
            order[place] = field;

        return field;
    }

    private void Value(int field, ref Utf8JsonReader value, ReadOnlySpan<byte> line)
    {
        if (value.TokenType == JsonTokenType.Null)
            return; // as if it were not there

        if (field == IngestField.Timestamp)
            Timestamp = Time(ref value, line);
        else if (field >= IngestField.FirstNumber)
            numbers[field] = Number(field, ref value, line);
        else
            Text(field, ref value, line);

        seen |= 1u << field;
    }

    private static double Number(int field, ref Utf8JsonReader value, ReadOnlySpan<byte> line)
    {
        var about = IngestField.All[field];
        return value.TokenType == JsonTokenType.Number && value.TryGetDouble(out var number) && number >= about.Least && number <= about.Most && (!about.IsWhole || number == Math.Floor(number))
            ? number
            : throw about.Misfit(Given(ref value, line));
    }

    private static long Time(ref Utf8JsonReader value, ReadOnlySpan<byte> line)
    {
        if (value.TokenType == JsonTokenType.Number && value.TryGetInt64(out var milliseconds))
            return milliseconds;

        // Without a zone the reader would take this machine's.
        return value.TokenType == JsonTokenType.String && value.ValueSpan is [_, _, _, _, _, _, _, _, _, _, (byte)'T', .. var clock] && clock.IndexOfAny("Z+-"u8) > 0 && value.TryGetDateTimeOffset(out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw IngestField.All[IngestField.Timestamp].Misfit(Given(ref value, line));
    }

    private void Text(int field, ref Utf8JsonReader value, ReadOnlySpan<byte> line)
    {
        var about = IngestField.All[field];
        if (value.TokenType != JsonTokenType.String && (field != IngestField.Id || value.TokenType != JsonTokenType.Number))
            throw about.Misfit(Given(ref value, line));
        if (value.ValueSpan.Length > MostTextBytes)
            throw new SreException(SreErrorKind.Invalid, $"{about.Name} is longer than {MostTextBytes} bytes.");
        if (field is IngestField.Id or IngestField.Project && value.ValueSpan.Length == 0)
            throw new SreException(SreErrorKind.Invalid, $"{about.Name} is empty{(field == IngestField.Id ? "; leave it out, and SreBot makes one" : "")}.");

        texts[field] = ((int)value.TokenStartIndex + (value.TokenType == JsonTokenType.String ? 1 : 0), value.ValueSpan.Length);
        unescaped[field] = value.ValueIsEscaped ? Unescape(about, ref value) : null;
    }

    private static byte[] Unescape(IngestField about, ref Utf8JsonReader value)
    {
        try
        {
            var text = new byte[value.ValueSpan.Length];
            text = text[..value.CopyString(text)];
            return !text.AsSpan().ContainsAnyInRange((byte)0, (byte)31)
                ? text
                : throw new SreException(SreErrorKind.Invalid, $"{about.Name} holds a control character, such as a line break.");
        }
        catch (InvalidOperationException)
        {
            throw new SreException(SreErrorKind.Invalid, $"{about.Name} holds half of a character, such as \\ud83d without its other half.");
        }
    }

    /// <summary>The start of a value as it stands in the line.</summary>
    private static string Given(ref Utf8JsonReader value, ReadOnlySpan<byte> line)
    {
        var rest = line[(int)value.TokenStartIndex..(int)Math.Min(line.Length, value.BytesConsumed)];
        return value.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? "a list or an object" : Encoding.UTF8.GetString(rest[..Math.Min(rest.Length, 60)]);
    }
}
