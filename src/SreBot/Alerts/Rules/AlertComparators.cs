namespace SreBot.Alerts.Rules;

/// <summary>The comparators as they are written in rules and in the table <c>alert</c>.</summary>
internal static class AlertComparators
{
    private static readonly (string Symbol, AlertComparator Comparator)[] Known =
    [
        (">", AlertComparator.Greater), (">=", AlertComparator.GreaterOrEqual), ("<", AlertComparator.Less), ("<=", AlertComparator.LessOrEqual),
        ("==", AlertComparator.Equal), ("!=", AlertComparator.NotEqual), ("between", AlertComparator.Between), ("not_between", AlertComparator.NotBetween),
    ];

    public static IReadOnlyList<string> Symbols { get; } = [.. Known.Select(known => known.Symbol)];

    public static string Symbol(this AlertComparator comparator) => Known.First(known => known.Comparator == comparator).Symbol;

    /// <summary>Null when the text is none; <c>=</c>, <c>≥</c>, <c>≤</c> and <c>≠</c> are understood too.</summary>
    public static AlertComparator? Find(string text)
    {
        var plain = text.ToLowerInvariant() switch { "=" => "==", "≥" => ">=", "≤" => "<=", "≠" => "!=", var other => other };
        return Known.Where(known => known.Symbol == plain).Select(known => (AlertComparator?)known.Comparator).FirstOrDefault();
    }

    /// <summary>With two thresholds.</summary>
    public static bool IsRange(this AlertComparator comparator) => comparator is AlertComparator.Between or AlertComparator.NotBetween;

    /// <summary>The worse the smaller.</summary>
    public static bool IsBelow(this AlertComparator comparator) => comparator is AlertComparator.Less or AlertComparator.LessOrEqual;
}
