using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Alerts.Rules;

/// <summary>A command's words, read one after the other. Where reading fails, <see cref="Mistake"/> says at which word.</summary>
internal sealed partial class AlertWords(IReadOnlyList<AlertWord> words)
{
    private readonly Dictionary<int, string> said = [];
    private int next;

    public AlertWords(string text) : this(Split(text))
    {
    }

    public IReadOnlyList<AlertWord> All => words;

    /// <summary>Null until reading failed.</summary>
    public AlertMistake? Mistake { get; private set; }

    public bool IsAtEnd => next == words.Count;

    public int Position => next;

    /// <summary>The next word in lower case, without taking it; empty at the end and for a quoted one.</summary>
    public string Peek => PeekAt(0);

    public string PeekAt(int ahead) => next + ahead >= words.Count || words[next + ahead].IsQuoted ? "" : words[next + ahead].Text.ToLowerInvariant();

    /// <summary>Takes the next word when it is that one.</summary>
    public bool Skip(string word)
    {
        if (word.Length == 0 || Peek != word)
            return false;

        next++;
        return true;
    }

    public bool SkipAny(params ReadOnlySpan<string> any)
    {
        foreach (var word in any)
        {
            if (Skip(word))
                return true;
        }

        return false;
    }

    /// <summary>Takes that word, which must stand there.</summary>
    public void Require(string word)
    {
        if (!Skip(word))
            throw Expected(word, [word]);
    }

    /// <summary>Takes the next word, quoted or not.</summary>
    /// <param name="what">What is expected there.</param>
    public string Take(string what, params IEnumerable<string> near) => IsAtEnd || words[next].Text.Length == 0 ? throw Expected(what, near) : words[next++].Text;

    /// <summary>Takes the next word as <paramref name="read"/> understands it.</summary>
    public T Take<T>(string what, Func<string, T?> read, params IEnumerable<string> near) where T : struct
    {
        if (IsAtEnd || read(words[next].Text) is not { } value)
            throw Expected(what, near);

        next++;
        return value;
    }

    /// <summary>The same for what is an object.</summary>
    public T TakeAs<T>(string what, Func<string, T?> read, params IEnumerable<string> near) where T : class
    {
        if (IsAtEnd || read(words[next].Text) is not { } value)
            throw Expected(what, near);

        next++;
        return value;
    }

    /// <summary>Takes what has commas, or <c>and</c>, between.</summary>
    public IReadOnlyList<T> TakeList<T>(Func<T> take)
    {
        var list = new List<T> { take() };
        while (SkipAny(",", "and"))
        {
            Skip("and");
            list.Add(take());
        }

        return list;
    }

    /// <summary>Takes that many words as one text; all that are left unless said.</summary>
    public string TakeText(string what, int? count = null)
    {
        if (IsAtEnd || count < 1)
            throw Expected(what);

        var taken = words.Skip(next).Take(count ?? int.MaxValue).ToList();
        next += taken.Count;
        return Join(taken.Select(word => word.Text));
    }

    /// <summary>How many of the next words make up that text, whatever the case; 0 when they do not.</summary>
    public int CountOf(string text)
    {
        if (!IsAtEnd && string.Equals(words[next].Text, text, StringComparison.OrdinalIgnoreCase))
            return 1;
        if (IsAtEnd || !text.TrimStart().StartsWith(words[next].Text, StringComparison.OrdinalIgnoreCase))
            return 0; // most of many names end here

        var wanted = Split(text);
        return wanted.Count > 0 && next + wanted.Count <= words.Count && wanted.Select((word, i) => string.Equals(word.Text, words[next + i].Text, StringComparison.OrdinalIgnoreCase)).All(same => same)
            ? wanted.Count : 0;
    }

    /// <summary>How a word that was taken is written in full, such as a number with its unit.</summary>
    public void Say(int word, string full) => said[word] = full;

    public void RequireEnd()
    {
        if (!IsAtEnd)
            throw Expected("the end of the command");
    }

    /// <summary>The answer to a mistake at the next word.</summary>
    /// <param name="near">Words that may stand there.</param>
    public SreException Expected(string what, params IEnumerable<string> near) => Fail(1, what, near, [], null);

    /// <summary>The same with what the word probably should be.</summary>
    public SreException ExpectedForm(string what, params IEnumerable<string> forms) => Fail(1, what, [], forms, null);

    /// <param name="count">How many words are wrong.</param>
    public SreException Fail(int count, string what, IEnumerable<string> near, IEnumerable<string> forms, string? otherwise)
    {
        var wrong = words.Skip(next).Take(count).ToList();
        Mistake = new AlertMistake(next, wrong.Count, [.. near]) { Forms = [.. forms], Otherwise = otherwise };
        return new SreException(SreErrorKind.Invalid, $"Word {next + 1} should be {what}{(wrong.Count == 0 ? ", but nothing is there" : $", not '{Short(Join(wrong.Select(word => word.Text)))}'")}");
    }

    /// <summary>All words as one command.</summary>
    public string Write() => Join(words.Select((word, i) => said.GetValueOrDefault(i, word.Written)));

    public static IReadOnlyList<AlertWord> Split(string text) => [.. WordPattern().Matches(text.Trim().Trim('`')).Select(match =>
        match.Groups["quoted"].Success ? new AlertWord(Escape().Replace(match.Groups["quoted"].Value, "$1"), true)
        : match.Groups["smart"].Success ? new AlertWord(match.Groups["smart"].Value, true)
        : new AlertWord(match.Value, false))];

    /// <summary>With a blank before each but a comma.</summary>
    private static string Join(IEnumerable<string> texts) => string.Concat(texts.Select((text, i) => i == 0 || text == "," ? text : " " + text));

    private static string Short(string word) => word.Length <= 60 ? word : word[..60] + "…";

    [GeneratedRegex("""
        "(?<quoted>(?:[^"\\]|\\.)*)"
        |["“”„«](?<smart>[^"“”„«»]*)["“”»]
        |(?<![^\s,=])'(?<smart>[^']*)'(?![^\s,])
        |<\#[^<>\s]*>
        |https?://[^\s"<>“”]*[^\s"<>“”,.;]
        |>=|<=|==|!=|[=<>≥≤≠,]|[^\s",=<>!≥≤≠“”„«»]+|\S
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\\([""\\])")]
    private static partial Regex Escape();
}
