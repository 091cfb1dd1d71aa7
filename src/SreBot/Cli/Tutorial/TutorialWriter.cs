using System.Globalization;
using SreBot.Model;

namespace SreBot.Cli.Tutorial;

/// <summary><c>seed --tutorial</c>: writes the three files of one seed.</summary>
internal static class TutorialWriter
{
    /// <returns>What was written, in one sentence.</returns>
    /// <exception cref="SreException">Conflict, when a file is there already and not to be replaced; Invalid, when the folder cannot be written.</exception>
    public static async Task<string> WriteAsync(string folder, long seed, bool isForced, CancellationToken cancel)
    {
        if (!isForced && TutorialColumns.Files.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } there)
            throw new SreException(SreErrorKind.Conflict, $"{there} exists already; name another folder with --out, or replace it with --force.");

        var requests = TutorialGenerator.Requests(seed);
        var incidents = TutorialGenerator.Incidents(requests);
        var metrics = TutorialGenerator.ServerMetrics(requests);
        try
        {
            Directory.CreateDirectory(folder);
            await WriteAsync(folder, TutorialColumns.RequestFile, TutorialColumns.Request, requests.Select(Line), cancel);
            await WriteAsync(folder, TutorialColumns.IncidentFile, TutorialColumns.Incident, incidents.Select(Line), cancel);
            await WriteAsync(folder, TutorialColumns.ServerMetricsFile, TutorialColumns.ServerMetrics, metrics.Select(Line), cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SreException(SreErrorKind.Invalid, $"{folder} cannot be written: {error.Message}", error);
        }

        return $"Wrote {requests.Count:N0} requests, {incidents.Count:N0} incidents and {metrics.Count:N0} hourly aggregates to {folder}; load them with: sre-bot import {folder}";
    }

    private static Task WriteAsync(string folder, string file, IReadOnlyList<string> columns, IEnumerable<string> lines, CancellationToken cancel) =>
        File.WriteAllLinesAsync(Path.Combine(folder, file), lines.Prepend(string.Join(',', columns)), cancel);

    private static string Line(TutorialRequest row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.RequestId},{Time(row.Timestamp)},{row.ProjectId},{row.ServerId},{row.NumberOfActiveRequests},{row.CpuUsage:R},{row.MemoryUsage:R},{row.ExecutionTime:R}");

    private static string Line(TutorialIncident row) => string.Create(CultureInfo.InvariantCulture, $"{row.IncidentId},{Time(row.Timestamp)},{row.RequestId}");

    private static string Line(TutorialServerMetrics row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.ServerId},{Time(row.Hour)},{row.AvgCpuUsage:R},{row.AvgMemoryUsage:R},{row.TotalRequests}");

    /// <summary>With nine digits of a second, as ClickHouse prints a <c>DateTime64(9)</c>.</summary>
    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + "00";
}
