namespace SreBot.Delivery.Mail;

/// <summary>What a mail server said to one command.</summary>
/// <param name="Code">0 when it was no SMTP.</param>
/// <param name="Text">With the codes, a line each.</param>
internal sealed record SmtpReply(int Code, string Text)
{
    /// <summary>The first line.</summary>
    public string Line => Replies.PlainText.Line(Text.Split('\n')[0].Trim());

    public bool IsGood => Code is >= 200 and < 300;

    /// <summary>Whether one of the lines of an EHLO answer is that extension, with that word among its own when one is named.</summary>
    public bool Offers(string extension, string? word = null) => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Length > 4 ? line[4..].Trim().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries) : [])
        .Any(words => words.Length > 0 && Same(words[0], extension) && (word is null || words.Skip(1).Any(other => Same(other, word))));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
