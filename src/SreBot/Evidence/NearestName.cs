namespace SreBot.Evidence;

/// <summary>Finds the names that were probably meant.</summary>
internal static class NearestName
{
    private const int LeastPart = 3;
    private const int MostText = 100;

    /// <summary>At most three, the nearest first; none when none is near.</summary>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> known) => text.Length > MostText ? [] :
        [.. known.Select(name => (Name: name, Distance: Distance(Plain(text), Plain(name)), IsPart: SharesPart(text, name)))
            .Where(item => item.IsPart || item.Distance <= Math.Max(1, Math.Min(text.Length, item.Name.Length) / 3))
            .OrderBy(item => item.Distance).ThenBy(item => item.Name.Length).ThenBy(item => item.Name, StringComparer.Ordinal)
            .Take(3).Select(item => item.Name)];

    /// <summary>The one name that differs from the text in nothing but case, spaces, dashes and underscores; null when there is none.</summary>
    public static string? Same(string text, IEnumerable<string> known) => known.FirstOrDefault(name => Plain(name) == Plain(text));

    /// <summary>Levenshtein's, and two neighbours that changed places count once.</summary>
    public static int Distance(string a, string b)
    {
        var rows = Enumerable.Range(0, a.Length + 1).Select(i => Enumerable.Range(0, b.Length + 1).Select(j => i == 0 ? j : j == 0 ? i : 0).ToArray()).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                rows[i][j] = Math.Min(Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i][j] = Math.Min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }

        return rows[^1][^1];
    }

    /// <summary>One is the beginning of a part of the other: <c>payments</c> and <c>POST /pay</c>.</summary>
    private static bool SharesPart(string text, string name) => Parts(text).Any(part => Parts(name).Any(other =>
        part.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(part, StringComparison.Ordinal)));

    private static IEnumerable<string> Parts(string text) => text.Split([' ', '-', '_', '/', '.']).Select(Plain).Where(part => part.Length >= LeastPart && !part.All(char.IsDigit));

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
