using System.Text.RegularExpressions;
using SreBot.Cli.Seeding;

namespace SreBot.Benchmarks.Causes;

/// <summary>An answer held against the truth, by its text alone.</summary>
/// <param name="Kind">Of the cause, or what else was asked about.</param>
/// <param name="Effect">Null: the kind has none.</param>
/// <param name="IsRight">The first sentence names what was planted and, where nothing was, names nothing.</param>
/// <param name="IsInTopThree">One of the first three causes does.</param>
/// <param name="SaysNoCause">The first sentence says that the data shows none.</param>
internal sealed partial record Judgement(string Kind, long Seed, double? Effect, bool IsRight, bool IsInTopThree, bool SaysNoCause, string OpenedBy, string Summary, string Expected, string Answer)
{
    private const string NoCause = "the data shows no cause";

    public static Judgement Of(long seed, PlantedCause cause, string openedBy, string answer)
    {
        var kind = CauseKinds.Word(cause.Kind) + (cause.Kind == CauseKind.Distractor && cause.Right.Count > 0 ? " beside a cause" : "");
        return Of(kind, seed, cause.Effect, cause.Right, openedBy, answer, cause.Expected);
    }

    public static Judgement OfTutorial(long seed, string answer) => Of("tutorial's data", seed, null, [], "a person", answer, "Nothing was planted.");

    private static Judgement Of(string kind, long seed, double? effect, IReadOnlyList<IReadOnlyList<string>> right, string openedBy, string answer, string expected)
    {
        var summary = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0].Trim('*', ' ').Replace("\\", "", StringComparison.Ordinal);
        var saysNoCause = summary.Contains(NoCause, StringComparison.OrdinalIgnoreCase);
        var causes = CauseLine().Matches(answer.Replace("\\", "", StringComparison.Ordinal)).Select(match => match.Value).Take(3).Append(summary);
        return right.Count == 0
            ? new Judgement(kind, seed, effect, saysNoCause, saysNoCause, saysNoCause, openedBy, summary, expected, answer)
            : new Judgement(kind, seed, effect, !saysNoCause && Names(summary, right), !saysNoCause && causes.Any(cause => Names(cause, right)), saysNoCause, openedBy, summary, expected, answer);
    }

    private static bool Names(string text, IReadOnlyList<IReadOnlyList<string>> right) =>
        right.Any(words => words.All(word => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.IgnoreCase)));

    [GeneratedRegex(@"^\W*[1-3]\. .*$", RegexOptions.Multiline)]
    private static partial Regex CauseLine();
}
