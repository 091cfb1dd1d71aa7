using System.Text;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Writes text in Slack's mrkdwn, in pieces no longer than <paramref name="limit"/>, broken between words.</summary>
internal sealed class SlackMrkdwn(int limit, PublicAddress links)
{
    private const int LongestLink = 2000;
    private const int LongestLabel = 500;

    private readonly List<string> _pieces = [];
    private readonly StringBuilder _piece = new();

    public void Add(ReplyText text)
    {
        foreach (var run in text.Runs)
            Add(run);
    }

    /// <summary>Starts a new line; nothing at the start of a piece.</summary>
    public void NewLine()
    {
        if (_piece.Length >= limit)
            Flush();
        else if (_piece.Length > 0)
            _piece.Append('\n');
    }

    public IReadOnlyList<string> Finish()
    {
        Flush();
        return _pieces;
    }

    private void Add(ReplyRun run)
    {
        if (run.Url is { } url && Link(links.Complete(url), run.Text) is { } link)
            AddWhole(link);
        else if (run.Style == ReplyStyle.Plain || string.IsNullOrWhiteSpace(run.Text))
            AddWords(run.Text);
        else
            AddStyled(run);
    }

    private static string? Link(string url, string label)
    {
        // A bar or a bracket would end the address early.
        var address = url.Replace("|", "%7C").Replace("<", "%3C").Replace(">", "%3E").Replace("&", "&amp;");
        return address.Length <= LongestLink && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? $"<{address}|{SlackText.Cut(OneLine(label).Replace('|', '¦'), LongestLabel)}>"
            : null;
    }

    private void AddWords(string text)
    {
        while (text.Length > 0)
        {
            var room = limit - _piece.Length;
            var length = SlackText.WordsLength(text, room);
            if (length == 0 && _piece.Length == 0)
                length = SlackText.PrefixLength(text, room); // one endless word
            _piece.Append(SlackText.Escape(text[..length]));
            text = text[length..];
            if (text.Length == 0)
                break;
            Flush();
            text = text.TrimStart();
        }
    }

    private void AddStyled(ReplyRun run)
    {
        var mark = run.Style == ReplyStyle.Strong ? '*' : '`';
        // The mark inside, or a blank beside it, would end the style early.
        var text = OneLine(run.Text).Replace(mark, run.Style == ReplyStyle.Strong ? '∗' : '\'');
        if (text.StartsWith(' '))
            AddWords(" ");
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            var length = SlackText.WordsLength(rest, limit - 2) is > 0 and var words ? words : SlackText.PrefixLength(rest, limit - 2);
            AddWhole($"{mark}{SlackText.Escape(rest[..length].TrimEnd())}{mark}");
            rest = rest[length..].TrimStart();
        }
        if (text.EndsWith(' '))
            AddWords(" ");
    }

    private void AddWhole(string markup)
    {
        if (markup.Length > limit - _piece.Length)
            Flush();
        _piece.Append(markup);
    }

    private void Flush()
    {
        var piece = _piece.ToString().Trim();
        if (piece.Length > 0)
            _pieces.Add(piece);
        _piece.Clear();
    }

    private static string OneLine(string text) => text.Replace("\r", "").Replace('\n', ' ');
}
