using CsvHelper;
using SreBot.Model;

namespace SreBot.Cli.Tutorial;

/// <summary>Reads the tutorial's files as its notebook, ClickHouse or <see cref="TutorialWriter"/> wrote them: which file it is is told by its header, columns may
/// come in any order, unknown ones (pandas' index) are passed over. The first line that does not fit refuses all.</summary>
internal static class TutorialReader
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 64 * 1024,
    };

    /// <exception cref="SreException">Invalid, naming the file and the line.</exception>
    public static TutorialData Read(IEnumerable<(string Name, Stream Content)> files)
    {
        var data = new TutorialData();
        foreach (var (name, content) in files)
        {
            data = Add(data, name, content);
        }

        CheckIncidents(data);
        return data;
    }

    private static TutorialData Add(TutorialData data, string name, Stream content)
    {
        try
        {
            using var reader = CsvReader.Create(content, Options, leaveOpen: true);
            var columns = Columns(reader);
            if (Has(columns, TutorialColumns.Request))
                return data with { Requests = Once(data.Requests, TutorialFile<TutorialRequest>.Of(TutorialData.RequestKind, name, Rows(name, reader, columns, Request, row => row.RequestId))) };
            if (Has(columns, TutorialColumns.Incident))
                return data with { Incidents = Once(data.Incidents, TutorialFile<TutorialIncident>.Of(TutorialData.IncidentKind, name, Rows(name, reader, columns, Incident, row => row.IncidentId))) };
            if (columns.TryGetValue("timestamp", out var hour))
                columns.TryAdd("hour", hour); // the tutorial's own name for it
            if (Has(columns, TutorialColumns.ServerMetrics))
                return data with { ServerMetrics = Once(data.ServerMetrics, TutorialFile<TutorialServerMetrics>.Of(TutorialData.ServerMetricsKind, name, Rows(name, reader, columns, ServerMetrics, row => (row.ServerId, row.Hour)))) };
        }
        catch (CsvFormatException error)
        {
            throw new SreException(SreErrorKind.Invalid, $"{name}, line {error.LineNumber}: this is not CSV (a quote is open or out of place). Nothing was imported.", error);
        }

        throw new SreException(SreErrorKind.Invalid, $"{name} is none of the tutorial's files: its first line should name {string.Join(", ", TutorialColumns.Request)} "
            + $"(or {string.Join(", ", TutorialColumns.Incident)}; or {string.Join(", ", TutorialColumns.ServerMetrics)}).");
    }

    private static Dictionary<string, int> Columns(CsvReader reader)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        reader.ReadHeader();
        for (var i = 0; i < reader.Headers.Count; i++)
        {
            columns.TryAdd(reader.Headers[i].Trim(), i);
        }

        return columns;
    }

    private static bool Has(Dictionary<string, int> columns, IReadOnlyList<string> needed) => needed.All(columns.ContainsKey);

    private static List<T> Rows<T, TKey>(string name, CsvReader reader, Dictionary<string, int> columns, Func<TutorialLine, T> read, Func<T, TKey> key)
    {
        var (rows, known, line) = (new List<T>(), new HashSet<TKey>(), new TutorialLine(name, reader, columns));
        while (reader.Read())
        {
            var row = read(line);
            if (!known.Add(key(row)))
                throw line.Refuse($"{key(row)} stands in an earlier line too. Nothing was imported.");

            rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new SreException(SreErrorKind.Invalid, $"{name} has no lines below its header.");
    }

    private static TutorialRequest Request(TutorialLine line) => new(
        line.Text("request_id"), line.Time("timestamp"), line.Text("project_id"), line.Text("server_id"), (uint)line.Whole("number_of_active_requests", 0, uint.MaxValue),
        line.Number("cpu_usage", 0, 100), line.Number("memory_usage", 0, 100), line.Number("execution_time", 0, 1e9));

    private static TutorialIncident Incident(TutorialLine line) => new(line.Whole("incident_id", 1, 999_999_999_999), line.Time("timestamp"), line.Text("request_id"));

    private static TutorialServerMetrics ServerMetrics(TutorialLine line) => new(
        line.Text("server_id"), line.Time("hour"), line.Number("avg_cpu_usage", 0, 100), line.Number("avg_memory_usage", 0, 100), (ulong)line.Whole("total_requests", 0, long.MaxValue));

    private static TutorialFile<T> Once<T>(TutorialFile<T>? known, TutorialFile<T> file) =>
        known is null ? file : throw new SreException(SreErrorKind.Invalid, $"{known.Name} and {file.Name} are the same kind of file; import one at a time.");

    private static void CheckIncidents(TutorialData data)
    {
        if (data.Incidents is not { } incidents)
            return;

        var known = data.Requests?.Rows.Select(row => row.RequestId).ToHashSet()
            ?? throw new SreException(SreErrorKind.Invalid, $"{incidents.Name} names requests by their number; import it together with {TutorialColumns.RequestFile}.");
        if (incidents.Rows.FirstOrDefault(row => !known.Contains(row.RequestId)) is { } stray)
            throw new SreException(SreErrorKind.Invalid, $"{incidents.Name}: incident {stray.IncidentId} hangs on request {stray.RequestId}, which is not in {data.Requests.Name}. Nothing was imported.");
    }
}
