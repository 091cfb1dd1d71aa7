using System.Globalization;
using System.Text;
using SreBot.Replies;

namespace SreBot.Delivery.Mail;

/// <summary>A mail as bytes: ASCII alone, lines of 76 characters at most that end in CRLF (RFC 5322, MIME by RFC 2045 to 2047). The same mail gives the same bytes.</summary>
internal static class MailWriter
{
    private const int BytesAWord = 39; // 52 characters of base64: a line with an encoded word has 76 at most (RFC 2047, 2)

    public static byte[] Write(Letter mail)
    {
        var alternative = $"=_text_{mail.Id.Split('@')[0]}";
        var text = new StringBuilder();
        Header(text, "From", $"{Words(mail.From.Name)}\r\n <{mail.From.Address}>");
        Header(text, "To", $"<{mail.To}>");
        Header(text, "Subject", Words(mail.Subject));
        Header(text, "Date", mail.At.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "Message-ID", $"<{mail.Id}>");
        if (mail.Thread is { } thread)
        {
            Header(text, "In-Reply-To", $"<{thread}>");
            Header(text, "References", $"<{thread}>");
        }

        Header(text, "Auto-Submitted", "auto-generated"); // RFC 3834: no absence note comes back
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative;\r\n boundary=\"{alternative}\"");
        text.Append("\r\n");
        Part(text, alternative, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(mail.Text.ReplaceLineEndings("\r\n")));
        Html(text, mail, alternative);
        text.Append($"--{alternative}--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Html(StringBuilder text, Letter mail, string alternative)
    {
        var html = Encoding.UTF8.GetBytes(mail.Html.ReplaceLineEndings("\r\n"));
        if (mail.Pictures.Count == 0)
        {
            Part(text, alternative, "text/html; charset=utf-8", html);
            return;
        }

        var related = $"=_html_{mail.Id.Split('@')[0]}";
        text.Append($"--{alternative}\r\nContent-Type: multipart/related; type=\"text/html\";\r\n boundary=\"{related}\"\r\n\r\n");
        Part(text, related, "text/html; charset=utf-8", html);
        foreach (var picture in mail.Pictures)
        {
            Part(text, related, "image/png", picture.Png, $"Content-ID: <{picture.Id}>\r\nContent-Disposition: inline;\r\n filename=\"{picture.Id.Split('.')[0]}.png\"\r\n");
        }

        text.Append($"--{related}--\r\n");
    }

    private static void Part(StringBuilder text, string boundary, string type, byte[] content, string headers = "") =>
        text.Append($"--{boundary}\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n{headers}\r\n")
            .Append(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    /// <summary>Text for a header: what a line could not hold as it is becomes encoded words, each of whole characters, so that no text can begin a header of its own.</summary>
    private static string Words(string text)
    {
        var line = PlainText.Line(text);
        if (line.Length is > 0 and <= 60 && line.All(char.IsAsciiLetterOrDigit))
        {
            return line;
        }

        var words = new List<List<byte>> { new() };
        foreach (var rune in line.EnumerateRunes())
        {
            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            if (words[^1].Count + bytes.Length > BytesAWord)
                words.Add([]);
            words[^1].AddRange(bytes);
        }

        return string.Join("\r\n ", words.Select(word => $"=?utf-8?B?{Convert.ToBase64String([.. word])}?="));
    }
}
