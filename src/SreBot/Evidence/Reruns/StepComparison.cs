using System.Globalization;
using SreBot.Replies;
using SreBot.Model;

namespace SreBot.Evidence.Reruns;

/// <summary>Holds a fresh result against the recorded one. Rows are matched by what is in them, since rows that tie in their order come in any.</summary>
/// <param name="Table">The fresh rows, bounded as recorded ones are; those that equal the recorded ones in the recorded order.</param>
/// <param name="Differs">One sentence; null when the tables are the same.</param>
internal sealed record StepComparison(StepTable Table, string? Differs)
{
    private const double Tolerance = 1e-9; // sums of floating-point numbers depend on the order in which threads add them up

    /// <param name="recorded">As it came back from the record: times as text, perhaps cut.</param>
    /// <param name="fresh">As it was read, up to the recorder's bound.</param>
    /// <param name="shift">How far the times of the fresh result lie after the recorded ones.</param>
    public static StepComparison Of(StepTable recorded, StepTable fresh, TimeSpan shift)
    {
        var bounded = StepTables.FromJson(StepTables.ToJson(fresh));
        if (!recorded.Columns.SequenceEqual(fresh.Columns))
            return new StepComparison(bounded, recorded.Columns.Count == 0 ? "It failed when it was recorded." : $"The columns were {string.Join(", ", recorded.Columns)}.");

        if (recorded.IsCut ? fresh.Rows.Count < recorded.Rows.Count : fresh.Rows.Count != recorded.Rows.Count || fresh.IsCut)
            return new StepComparison(bounded, $"{recorded.Rows.Count} rows then, {fresh.Rows.Count}{(fresh.IsCut ? " and more" : "")} now.");

        var candidates = fresh.Rows.ToLookup(row => Key(row, TimeSpan.Zero));
        var taken = new HashSet<IReadOnlyList<object?>>(ReferenceEqualityComparer.Instance);
        var (matched, unmatched) = (new List<IReadOnlyList<object?>>(recorded.Rows.Count), new List<IReadOnlyList<object?>>());
        foreach (var row in recorded.Rows)
        {
            if (candidates[Key(row, shift)].FirstOrDefault(other => !taken.Contains(other) && AreClose(row, other)) is { } found && taken.Add(found))
                matched.Add(found);
            else
                unmatched.Add(row);
        }

        if (unmatched.Count > 0)
            return new StepComparison(bounded, Sentence(recorded, fresh, unmatched, shift));

        return new StepComparison(StepTables.FromJson(StepTables.ToJson(new StepTable(fresh.Columns, matched))) with { IsCut = recorded.IsCut }, null);
    }

    /// <summary>The cells that are equal or not: text, times, counts; a floating-point number may read as a whole one after the record.</summary>
    private static string Key(IReadOnlyList<object?> row, TimeSpan shift) => string.Join('\u001f', row.Select(cell => cell switch
    {
        _ when StepCells.Moment(cell) is { } at => (at + shift).UtcTicks.ToString(CultureInfo.InvariantCulture),
        _ when StepCells.IsNumber(cell) => "#",
        null => "-",
        _ => "=" + Convert.ToString(cell, CultureInfo.InvariantCulture),
    }));

    private static bool AreClose(IReadOnlyList<object?> recorded, IReadOnlyList<object?> fresh)
    {
        for (var i = 0; i < recorded.Count; i++)
        {
            if (StepCells.IsNumber(recorded[i]) && !AreClose(recorded[i], fresh[i]))
                return false;
        }

        return true;
    }

    private static bool AreClose(object? recorded, object? fresh)
    {
        if (recorded is long whole && fresh is long other)
            return whole == other;

        var (one, two) = (Convert.ToDouble(recorded, CultureInfo.InvariantCulture), Convert.ToDouble(fresh, CultureInfo.InvariantCulture));
        return Math.Abs(one - two) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(two)));
    }

    private static string Sentence(StepTable recorded, StepTable fresh, List<IReadOnlyList<object?>> unmatched, TimeSpan shift)
    {
        var row = unmatched[0];
        var other = fresh.Rows.FirstOrDefault(candidate => Key(candidate, TimeSpan.Zero) == Key(row, shift));
        var label = row.FirstOrDefault(cell => cell is string { Length: > 0 }) is { } name ? $"{StepCells.Text(name)}: " : "";
        var what = other is null ? "it is not there now" : string.Join(", ", Enumerable.Range(0, row.Count)
            .Where(i => StepCells.IsNumber(row[i]) && !AreClose(row[i], other[i]))
            .Take(3)
            .Select(i => $"{recorded.Columns[i]} was {StepCells.Text(row[i])} and is {StepCells.Text(other[i])}"));
        return $"{unmatched.Count} of {recorded.Rows.Count} {(recorded.Rows.Count == 1 ? "row differs" : "rows differ")}; the first: {label}{(what.Length > 0 ? what : "it came more often")}.";
    }
}
