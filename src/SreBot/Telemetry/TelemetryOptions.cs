using System.ComponentModel.DataAnnotations;
using SreBot.Telemetry.Sources;

namespace SreBot.Telemetry;

/// <summary>Settings <c>Telemetry:*</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>A ClickHouse server's HTTP address, such as <c>http://user:password@host:8123</c>. Empty: the bundled engine.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Instead of the one in <see cref="Endpoint"/>.</summary>
    public string? User { get; set; }

    /// <summary>Instead of the one in <see cref="Endpoint"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Days that single requests are kept, 1 to 3,650; 30 unless set; imported ones from the day of their import. The roll-ups have times of their own (domain.md).</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>Longest time that a read may take, 1 second to 5 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most memory that a read may use in the engine, in bytes, 64 MB to 64 GB; 2 GB unless set.</summary>
    [Range(64_000_000L, 64_000_000_000L)]
    public long ReadMemoryBytes { get; set; } = 2_000_000_000;

    /// <summary>Most rows that a read may return, 1 to 10,000,000; 1,000,000 unless set.</summary>
    [Range(1, 10_000_000)]
    public int ResultRows { get; set; } = 1_000_000;

    /// <summary>Most rows that a read may look through, 1,000 to 1e12; 1e9 unless set.</summary>
    [Range(1_000L, 1_000_000_000_000L)]
    public long RowsToRead { get; set; } = 1_000_000_000;

    /// <summary>Reads that the bundled engine runs at once, 1 to 64; 4 unless set. More of them wait.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 4;

    /// <summary>Where the requests come from: sent to SreBot, or read from a table that others fill.</summary>
    public SourceOptions Source { get; set; } = new();
}
