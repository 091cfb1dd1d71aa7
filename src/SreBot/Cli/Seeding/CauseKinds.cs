using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>The words for <see cref="CauseKind"/> on the command line.</summary>
internal static class CauseKinds
{
    /// <summary>All that leave something in the data.</summary>
    public static IReadOnlyList<CauseKind> All { get; } = [.. Enum.GetValues<CauseKind>().Where(kind => kind != CauseKind.Control)];

    /// <summary>Each kind in a stretch of its own; the distractor also beside a cause, and a stretch in which nothing happens.</summary>
    private static IReadOnlyList<CauseKind> Everything { get; } = [CauseKind.SlowServer, CauseKind.Distractor, .. All.Skip(1), CauseKind.Control];

    /// <summary>Such as <c>bad-deploy</c>.</summary>
    public static string Word(CauseKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));

    /// <summary>Reads <c>slow-server,bad-deploy</c>, <c>all</c> or <c>none</c> (a control).</summary>
    /// <exception cref="SreException">Invalid, naming the known words.</exception>
    public static IReadOnlyList<CauseKind> Parse(string words) => words.Trim() switch
    {
        "" => [],
        "none" => [CauseKind.Control],
        "all" => Everything,
        var some => [.. some.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseOne)],
    };

    private static CauseKind ParseOne(string word)
    {
        foreach (var kind in Enum.GetValues<CauseKind>())
        {
            if (string.Equals(Word(kind), word, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        throw new SreException(SreErrorKind.Invalid, $"There is no cause '{word}'; use all, none, or some of {string.Join(", ", All.Select(Word))}.");
    }
}
