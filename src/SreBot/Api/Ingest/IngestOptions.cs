using System.ComponentModel.DataAnnotations;
using SreBot.Telemetry;

namespace SreBot.Api.Ingest;

/// <summary>Settings <c>Ingest:*</c>: what <c>POST /ingest</c> takes at most.</summary>
internal sealed class IngestOptions
{
    /// <summary>Rows of one batch, 1 to 1,000,000; 1,000,000 unless set.</summary>
    [Range(1, TelemetryBatch.MostRows)]
    public int BatchRows { get; set; } = TelemetryBatch.MostRows;

    /// <summary>Bytes of one batch after decompression, 1 KB to 2 GB; 512 MB unless set.</summary>
    [Range(1_000L, 2_000_000_000L)]
    public long BatchBytes { get; set; } = 512_000_000;

    /// <summary>Bytes of one line, 256 B to 1 MB; 64 KB unless set.</summary>
    [Range(256, 1_000_000)]
    public int LineBytes { get; set; } = 64_000;

    /// <summary>Batches that are taken at once, 1 to 64; 4 unless set. One more is told to wait.</summary>
    [Range(1, 64)]
    public int Batches { get; set; } = 4;

    /// <summary>Bytes of rows that all batches may hold in memory together, 1 MB to 16 GB; 200 MB unless set. A row holds about 100.</summary>
    [Range(1_000_000L, 16_000_000_000L)]
    public long HeldBytes { get; set; } = 200_000_000;
}
