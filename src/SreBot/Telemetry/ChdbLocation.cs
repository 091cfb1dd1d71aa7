namespace SreBot.Telemetry;

/// <summary>Where the bundled ClickHouse engine lies.</summary>
/// <param name="Library">The path of <c>libchdb.so</c> or <c>libchdb.dylib</c>.</param>
/// <param name="Folder">Holds the data; made when it is missing, and locked by one process.</param>
internal sealed record ChdbLocation(string Library, string Folder);
