using System.Text.Json;
using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>What is true of made-up telemetry, for those who judge answers; nothing that answers may read it.</summary>
internal sealed record GroundTruth(SeedSettings Settings, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PlantedCause> Causes)
{
    private static readonly JsonSerializerOptions Indented = new(SreJson.Options) { WriteIndented = true };

    /// <summary>Writes it as JSON, over what was there.</summary>
    public async Task WriteAsync(string path, CancellationToken cancel)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Indented, cancel);
    }
}
