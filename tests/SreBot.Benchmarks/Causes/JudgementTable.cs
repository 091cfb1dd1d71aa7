namespace SreBot.Benchmarks.Causes;

/// <summary>Prints how many answers were right, by kind and by how large the effect was, and each that was not.</summary>
internal static class JudgementTable
{
    private static readonly (double From, double To)[] Bands = [(1.3, 2), (2, 3), (3, 5.01)];

    public static void Print(IReadOnlyList<Judgement> judged, TimeSpan took, bool isFull)
    {
        Console.WriteLine("| asked about | right | in the first three | something else named | \"no cause\" said | effect 1.3 to 2 | 2 to 3 | 3 to 5 |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var kind in judged.GroupBy(one => one.Kind))
        {
            var all = kind.ToList();
            var wrong = all.Count(one => !one.IsRight && !one.SaysNoCause);
            Console.WriteLine($"| {kind.Key} | {all.Count(one => one.IsRight)} of {all.Count} | {all.Count(one => one.IsInTopThree)} | {wrong} | {all.Count(one => one.SaysNoCause)} | {string.Join(" | ", Bands.Select(band => Band(all, band)))} |");
        }

        Console.WriteLine();
        Console.WriteLine($"{judged.Count} questions in {took.TotalSeconds:0} s; not right:");
        foreach (var one in judged.Where(one => !one.IsRight))
        {
            Console.WriteLine($"  seed {one.Seed} {one.Kind} (effect {one.Effect:0.00}, opened by {one.OpenedBy}): {one.Summary}");
            Console.WriteLine($"      truth: {one.Expected}");
            if (isFull)
                Console.WriteLine(one.Answer);
        }
    }

    private static string Band(List<Judgement> all, (double From, double To) band)
    {
        var within = all.Where(one => one.Effect >= band.From && one.Effect < band.To).ToList();
        return within.Count == 0 ? "" : $"{within.Count(one => one.IsRight)} of {within.Count}";
    }
}
