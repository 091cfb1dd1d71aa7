using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>A command's words, read one after the other.</summary>
internal sealed partial class AlertWords(string text)
{
    private readonly List<(string Text, bool IsQuoted)> words =
        [.. WordPattern().Matches(text.Replace('“', '"').Replace('”', '"')).Select(match =>
            match.Groups["quoted"].Success ? (match.Groups["quoted"].Value, true) : (match.Value, false))];

    private int next;

    public bool IsAtEnd => next == words.Count;

    /// <summary>The next word in lower case, without taking it; empty at the end and for a quoted one.</summary>
    public string Peek => IsAtEnd || words[next].IsQuoted ? "" : words[next].Text.ToLowerInvariant();

    /// <summary>Takes the next word when it is that one.</summary>
    public bool Skip(string word)
    {
        if (Peek != word)
        {
            return false;
        }

        next++;
        return true;
    }

    /// <summary>Takes the next word, quoted or not.</summary>
    /// <param name="what">What is expected there.</param>
    public string Take(string what) => IsAtEnd ? throw Expected(what) : words[next++].Text;

    /// <summary>Takes the next word as <paramref name="read"/> understands it.</summary>
    public T Take<T>(string what, Func<string, T?> read) where T : struct
    {
        if (IsAtEnd || read(words[next].Text) is not { } value)
        {
            throw Expected(what);
        }

        next++;
        return value;
    }

    /// <summary>Takes words with commas between them.</summary>
    public IReadOnlyList<string> TakeList(string what)
    {
        var list = new List<string> { Take(what) };
        while (Skip(","))
        {
            list.Add(Take(what));
        }

        return list;
    }

    /// <summary>Takes all that is left, as one name.</summary>
    public string TakeRest(string what) => IsAtEnd ? throw Expected(what) : string.Join(' ', TakeAll());

    /// <summary>Takes all but the last word, as one name.</summary>
    public string TakeAllButLast(string what)
    {
        var count = words.Count - next - 1;
        if (count < 1)
        {
            throw Expected(what);
        }

        var name = string.Join(' ', words.Skip(next).Take(count).Select(word => word.Text));
        next += count;
        return name;
    }

    /// <summary>The answer to a mistake at the next word.</summary>
    public SreException Expected(string what) => new(SreErrorKind.Invalid,
        $"Word {next + 1} should be {what}{(IsAtEnd ? ", but nothing is there" : $", not '{Short(words[next].Text)}'")}. For example: {AlertGrammar.Example}");

    private IEnumerable<string> TakeAll()
    {
        while (!IsAtEnd)
        {
            yield return words[next++].Text;
        }
    }

    private static string Short(string word) => word.Length <= 60 ? word : word[..60] + "…";

    [GeneratedRegex("""
        "(?<quoted>[^"]*)"|>=|<=|==|!=|[=<>≥≤≠,]|[^\s",=<>!≥≤≠]+|\S
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex WordPattern();
}
