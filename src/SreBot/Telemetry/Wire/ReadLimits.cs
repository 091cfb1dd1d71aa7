using System.Globalization;

namespace SreBot.Telemetry.Wire;

/// <summary>The ClickHouse settings under which every read runs, in both transports.</summary>
internal static class ReadLimits
{
    public static IReadOnlyDictionary<string, string> Of(TelemetryOptions options) => new Dictionary<string, string>
    {
        ["readonly"] = "1",
        ["session_timezone"] = "UTC",
        ["max_execution_time"] = options.ReadTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ["max_memory_usage"] = options.ReadMemoryBytes.ToString(CultureInfo.InvariantCulture),
        ["max_rows_to_read"] = options.RowsToRead.ToString(CultureInfo.InvariantCulture),
        ["max_result_rows"] = options.ResultRows.ToString(CultureInfo.InvariantCulture),
        ["max_result_bytes"] = "1000000000", // the whole answer is held in memory
    };
}
