namespace SreBot.Evidence;

/// <summary>Finds the names that were probably meant.</summary>
internal static class NearestName
{
    /// <summary>At most three, the nearest first; none when none is near.</summary>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> known) =>
        [.. known.Select(name => (Name: name, Distance: Distance(Plain(text), Plain(name))))
            .Where(item => item.Distance <= Math.Max(1, Math.Min(text.Length, item.Name.Length) / 3))
            .OrderBy(item => item.Distance).ThenBy(item => item.Name.Length).ThenBy(item => item.Name, StringComparer.Ordinal)
            .Take(3).Select(item => item.Name)];

    /// <summary>The one name that differs from the text in nothing but case, spaces, dashes and underscores; null when there is none.</summary>
    public static string? Same(string text, IEnumerable<string> known) => known.FirstOrDefault(name => Plain(name) == Plain(text));

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
