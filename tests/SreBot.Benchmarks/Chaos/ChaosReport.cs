namespace SreBot.Benchmarks.Chaos;

/// <summary>What came of a run.</summary>
/// <param name="Faults">Empty: it is as it must be.</param>
/// <param name="Folder">Where the logs are; null: they were not kept.</param>
internal sealed record ChaosReport(string Summary, IReadOnlyList<string> Faults, string? Folder)
{
    /// <returns>The exit code.</returns>
    public int Print()
    {
        Console.WriteLine(Summary);
        foreach (var fault in Faults.Take(40))
        {
            Console.WriteLine($"  WRONG {fault}");
        }

        if (Faults.Count > 0)
            Console.WriteLine($"{Faults.Count} faults; logs and data are in {Folder}");

        return Faults.Count == 0 ? 0 : 1;
    }
}
