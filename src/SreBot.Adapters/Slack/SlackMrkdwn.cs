using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Writes text in Slack's mrkdwn, in pieces no longer than <paramref name="limit"/>, broken between words; a word keeps its styles and the full stop behind it.</summary>
internal sealed class SlackMrkdwn(int limit, PublicAddress links)
{
    private const int LongestLink = 2000;
    private const int LongestLabel = 500;

    private readonly List<string> _pieces = [];
    private readonly StringBuilder _piece = new();

    /// <summary>Since the last word; lost where a piece ends.</summary>
    private readonly StringBuilder _blanks = new();

    /// <summary>What stands together without a blank, as runs of markup that must not be broken, none longer than a piece.</summary>
    private readonly List<string> _word = [];

    public void Add(ReplyText text)
    {
        foreach (var run in text.Runs)
            Add(run);
    }

    /// <summary>Starts a new line; nothing at the start of a piece.</summary>
    public void NewLine() => AddBlank('\n');

    public IReadOnlyList<string> Finish()
    {
        EndWord();
        Flush();
        return _pieces;
    }

    private void Add(ReplyRun run)
    {
        if (string.IsNullOrWhiteSpace(run.Text))
            AddWords(run.Text);
        else if (run.Url is { } url && Address(links.Complete(url)) is { } address)
            AddLink(address, OneLine(run.Text).Replace('|', '¦'));
        else if (run.Style == ReplyStyle.Plain)
            AddWords(run.Text);
        else
            AddStyled(run);
    }

    private static string? Address(string url)
    {
        // A bar or a bracket would end the address early.
        var address = url.Replace("|", "%7C").Replace("<", "%3C").Replace(">", "%3E").Replace("&", "&amp;");
        return address.Length <= LongestLink && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? address : null;
    }

    /// <summary>A label that is too long goes on behind the link.</summary>
    private void AddLink(string address, string label)
    {
        var length = FittingLength(label, LongestLabel);
        AddMarkup($"<{address}|", label[..length], ">");
        AddWords(label[length..]);
    }

    private void AddWords(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                AddBlank(text[at++]);
                continue;
            }
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            AddLetters(text[at..end]);
            at = end;
        }
    }

    private void AddLetters(string letters)
    {
        while (letters.Length > 0)
        {
            var length = SlackText.PrefixLength(letters, limit);
            AddMarkup("", letters[..length], "");
            letters = letters[length..];
        }
    }

    private void AddStyled(ReplyRun run)
    {
        var mark = run.Style == ReplyStyle.Strong ? '*' : '`';
        // The mark inside, or a blank beside it, would end the style early.
        var text = OneLine(run.Text).Replace(mark, run.Style == ReplyStyle.Strong ? '∗' : '\'');
        if (char.IsWhiteSpace(text[0]))
            AddBlank(' ');
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            var length = FittingLength(rest, limit - 2);
            AddMarkup($"{mark}", rest[..length].TrimEnd(), $"{mark}");
            rest = rest[length..].TrimStart();
            if (rest.Length > 0)
                AddBlank(' ');
        }
        if (char.IsWhiteSpace(text[^1]))
            AddBlank(' ');
    }

    /// <summary>Whole words if one fits.</summary>
    private static int FittingLength(string text, int room) => SlackText.WordsLength(text, room) is > 0 and var words ? words : SlackText.PrefixLength(text, room);

    private void AddMarkup(string before, string raw, string after)
    {
        if (SlackText.Escape(raw) is { Length: > 0 } text)
            _word.Add(before + text + after);
    }

    private void AddBlank(char blank)
    {
        EndWord();
        if (blank != '\r')
            _blanks.Append(blank is '\n' or '\t' || !char.IsControl(blank) ? blank : ' ');
    }

    private void EndWord()
    {
        if (_word.Sum(run => run.Length) <= limit)
            Append(string.Concat(_word));
        else
            _word.ForEach(Append);
        _word.Clear();
    }

    private void Append(string markup)
    {
        if (markup.Length == 0)
            return;
        if (_piece.Length + _blanks.Length + markup.Length > limit)
            Flush();
        if (_piece.Length > 0)
            _piece.Append(_blanks);
        _blanks.Clear();
        _piece.Append(markup);
    }

    private void Flush()
    {
        if (_piece.Length > 0)
            _pieces.Add(_piece.ToString());
        _piece.Clear();
    }

    private static string OneLine(string text) => text.Replace("\r", "").Replace('\n', ' ');
}
