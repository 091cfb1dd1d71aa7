using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>Finds the command that was probably meant: mends one word after the other as long as more of it can be read. Pure.</summary>
internal static class AlertMending
{
    private const int MostWords = 200;
    private const int MostMended = 8;
    private const int MostLeftOut = 2;

    /// <summary>Words that say nothing themselves, so that one that is missing can be guessed.</summary>
    private static readonly string[] Between = ["=", "to", "and", "after"];

    /// <summary>What people write for a word of the grammar.</summary>
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["above"] = ">", ["over"] = ">", ["exceeds"] = ">", ["gt"] = ">", ["more"] = ">", ["greater"] = ">", ["below"] = "<", ["under"] = "<", ["less"] = "<", ["lt"] = "<",
        ["equals"] = "==", ["is"] = "=", [":"] = "=", ["like"] = "=", ["in"] = "=",
        ["errors"] = "error_rate", ["error"] = "error_rate", ["failures"] = "error_rate", ["traffic"] = "requests", ["rps"] = "requests rate", ["throughput"] = "requests rate",
        ["slow"] = "latency", ["duration"] = "latency", ["spend"] = "cost", ["ram"] = "memory", ["p50"] = "latency p50", ["p90"] = "latency p90", ["p95"] = "latency p95",
        ["p99"] = "latency p99", ["burn"] = "burn_rate", ["avg"] = "mean", ["average"] = "mean", ["median"] = "p50", ["total"] = "sum", ["maximum"] = "max",
        ["within"] = "over", ["window"] = "over", ["during"] = "over", ["tell"] = "notify", ["to"] = "notify", ["alert"] = "notify", ["named"] = "as", ["name"] = "as", ["called"] = "as",
        ["per"] = "by", ["each"] = "by", ["group"] = "by", ["filter"] = "where", ["with"] = "where", ["if"] = "where", ["on"] = "in", ["project"] = "in", ["projects"] = "in", ["level"] = "severity",
        ["host"] = "server_id", ["route"] = "endpoint", ["path"] = "endpoint", ["add"] = "create", ["new"] = "create", ["make"] = "create", ["set"] = "create", ["change"] = "edit", ["update"] = "edit", ["remove"] = "delete",
        ["rm"] = "delete", ["drop"] = "delete", ["ls"] = "list", ["all"] = "list", ["get"] = "show", ["explain"] = "why", ["stop"] = "disable", ["start"] = "enable", ["high"] = "critical", ["low"] = "info", ["warn"] = "warning",
        ["crit"] = "critical", ["page"] = "critical",
    };

    /// <summary>Null when nothing near can be read.</summary>
    /// <param name="words">Whose reading failed.</param>
    /// <param name="read">Reads it all, or fails.</param>
    public static string? Mend(AlertWords words, Action<AlertWords> read)
    {
        var least = words.All.Count - MostLeftOut; // who leaves out more, guesses
        for (var mended = 0; mended < MostMended && words.All.Count <= MostWords && words.Mistake is { } mistake; mended++)
        {
            AlertWords? best = null;
            foreach (var candidate in Candidates(words.All, mistake).Where(candidate => candidate.Count >= least))
            {
                var next = new AlertWords(candidate);
                if (IsRead(next, read))
                    return next.Write();
                if (next.Mistake is not null && Left(next) < Left(best ?? words))
                    best = next;
            }

            if (best is null)
                return null;
            words = best;
        }

        return null;
    }

    private static bool IsRead(AlertWords words, Action<AlertWords> read)
    {
        try
        {
            read(words);
            return true;
        }
        catch (SreException)
        {
            return false;
        }
    }

    /// <summary>How many words are not read.</summary>
    private static int Left(AlertWords words) => words.All.Count - words.Mistake!.Word;

    private static IEnumerable<List<AlertWord>> Candidates(IReadOnlyList<AlertWord> words, AlertMistake mistake)
    {
        var (at, count) = (mistake.Word, mistake.Count);
        var wrong = string.Join(' ', words.Skip(at).Take(count).Select(word => word.Text));
        foreach (var form in mistake.Forms)
        {
            yield return Replace(words, at, count, AlertWords.Split(form));
        }

        if (Meant.TryGetValue(wrong, out var meant) && mistake.Near.Contains(meant.Split(' ')[0]))
            yield return Replace(words, at, count, AlertWords.Split(meant));
        foreach (var name in count == 0 ? [] : Nearest(wrong, mistake.Near))
        {
            yield return Replace(words, at, count, [Word(name)]);
        }

        foreach (var moved in Moved(words, at, mistake))
        {
            yield return moved;
        }

        if (count > 0)
            yield return Replace(words, at, count, []);
    }

    /// <summary>Words that changed places, were torn apart, lack a word between, or lack their quotation marks.</summary>
    private static IEnumerable<List<AlertWord>> Moved(IReadOnlyList<AlertWord> words, int at, AlertMistake mistake)
    {
        foreach (var missing in mistake.Near.Intersect(Between))
        {
            yield return Replace(words, at, 0, [Word(missing)]);
        }

        if (at + 1 < words.Count)
        {
            yield return Replace(words, at, 2, [words[at + 1], words[at]]);
            if (mistake.Near.FirstOrDefault(near => NearestName.Same(words[at].Text + words[at + 1].Text, [near]) is not null) is { } torn)
                yield return Replace(words, at, 2, [Word(torn)]);
        }

        if (at > 0 && at < words.Count)
        {
            yield return Replace(words, at - 1, 2, [words[at], words[at - 1]]);
            yield return Replace(words, at - 1, 2, [new AlertWord($"{words[at - 1].Text} {words[at].Text}", true)]);
        }
    }

    private static IEnumerable<string> Nearest(string wrong, IReadOnlyList<string> near) =>
        (NearestName.Same(wrong, near) is { } same ? [same] : NearestName.Of(wrong, near)).Concat(near.Where(name => name.Length >= 2 && wrong.Length is >= 2 and <= 50 && NearestName.Distance(wrong.ToLowerInvariant(), name.ToLowerInvariant()) == 1)).Distinct();

    private static AlertWord Word(string text) => new(text, AlertWord.Write(text) != text && AlertWords.Split(text) is not [{ IsQuoted: false }]);

    private static List<AlertWord> Replace(IReadOnlyList<AlertWord> words, int at, int count, IEnumerable<AlertWord> with) => [.. words.Take(at), .. with, .. words.Skip(at + count)];
}
