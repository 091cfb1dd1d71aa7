using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Wire;

namespace SreBot.Api.Ingest;

/// <summary>The rows of one call, by UTC day, in the columns in which they will be inserted.</summary>
/// <param name="limits">What the rows' sender may send.</param>
internal sealed class IngestBatch(IngestLimits limits) : IDisposable
{
    private const int IdPrefix = 16;

    private readonly SortedDictionary<DateOnly, TelemetryBatch> days = [];
    private readonly List<Memory<byte>> unnamed = [];
    private readonly HashSet<string> newProjects = [];
    private TelemetryBatch? last;
    private (long From, long To) lastDay;

    public int Count { get; private set; }

    /// <summary>In bytes.</summary>
    public long Held => days.Values.Sum(day => day.Held) + (unnamed.Capacity * 16L);

    public IReadOnlyList<TelemetryBatch> Days => [.. days.Values];

    /// <summary>Projects that are not known yet, and that the sender may bring.</summary>
    public IReadOnlyCollection<string> NewProjects => newProjects;

    /// <exception cref="SreException">Invalid or Forbidden: what is wrong with the row, without its line's number.</exception>
    public void Add(IngestLine line, ReadOnlySpan<byte> text, long number)
    {
        var columns = Day(line.Timestamp).Columns;
        for (var field = IngestField.Project; field < IngestField.FirstNumber; field++)
        {
            var words = (NativeWords)columns[field];
            var value = line.Text(field, text);
            words.Add(words.Find(value, out var known) ? known : Learn(words, field, value));
        }

        Name((NativeText)columns[IngestField.Id], line, text, number);
        BinaryPrimitives.WriteInt64LittleEndian(Place(columns, IngestField.Timestamp), line.Timestamp);
        for (var field = IngestField.FirstNumber; field < columns.Count; field++)
        {
            Write(Place(columns, field), field, line.Number(field));
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(line.Timestamp);
        if (last!.Count == 0)
            last.First = (at, line.HasId ? Encoding.UTF8.GetString(line.Text(IngestField.Id, text)) : Suffix(number));

        last.Added(at);
        Count++;
    }

    /// <summary>Ends the ids of rows that came without one: the same batch again gives the same ids.</summary>
    /// <param name="token">The whole batch's; at least 16 letters or digits.</param>
    public void NameRows(string token)
    {
        Span<byte> prefix = stackalloc byte[IdPrefix];
        Encoding.ASCII.GetBytes(token.AsSpan(0, IdPrefix), prefix);
        foreach (var place in unnamed)
        {
            prefix.CopyTo(place.Span);
        }

        foreach (var day in days.Values.Where(day => day.First.Id.StartsWith('-')))
        {
            day.First = day.First with { Id = token[..IdPrefix] + day.First.Id };
        }
    }

    public void Dispose()
    {
        foreach (var day in days.Values)
        {
            day.Dispose();
        }
    }

    private TelemetryBatch Day(long milliseconds)
    {
        if (last is not null && milliseconds >= lastDay.From && milliseconds < lastDay.To)
            return last;

        limits.CheckTime(milliseconds);
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
        if (!days.TryGetValue(day, out last))
            days[day] = last = new TelemetryBatch(TelemetryTable.Request, day);

        lastDay = limits.Within(day);
        return last;
    }

    /// <summary>A word that this day has not had: the one moment at which it must be looked at.</summary>
    private int Learn(NativeWords words, int field, ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        if (limits.Check(IngestField.All[field].Name, text) is { } project)
            newProjects.Add(project);

        return words.Learn(value);
    }

    private void Name(NativeText ids, IngestLine line, ReadOnlySpan<byte> text, long number)
    {
        if (line.HasId)
        {
            ids.Add(line.Text(IngestField.Id, text));
            return;
        }

        var suffix = Suffix(number);
        var place = ids.Reserve(IdPrefix + suffix.Length);
        Encoding.ASCII.GetBytes(suffix, place.Span[IdPrefix..]);
        unnamed.Add(place[..IdPrefix]);
    }

    private static string Suffix(long number) => "-" + number.ToString("D8", CultureInfo.InvariantCulture);

    private static Span<byte> Place(IReadOnlyList<NativeColumn> columns, int field) => ((NativeFixed)columns[field]).Take();

    private static void Write(Span<byte> place, int field, double value)
    {
        switch (field)
        {
            case IngestField.Status: BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)value); break;
            case IngestField.ActiveRequests: BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)value); break;
            default: BinaryPrimitives.WriteDoubleLittleEndian(place, value); break;
        }
    }
}
