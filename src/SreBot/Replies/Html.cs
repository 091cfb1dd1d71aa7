using System.Text;
using System.Text.Encodings.Web;

namespace SreBot.Replies;

/// <summary>Writes markup; text goes in encoded, whatever it holds.</summary>
internal sealed class Html
{
    private readonly StringBuilder markup = new();

    /// <summary>Markup that this project wrote itself.</summary>
    public Html Raw(string trusted)
    {
        markup.Append(trusted);
        return this;
    }

    public Html Text(string text)
    {
        markup.Append(HtmlEncoder.Default.Encode(PlainText.Lines(text)));
        return this;
    }

    /// <summary>An element around text; <paramref name="attributes"/> are the project's own.</summary>
    public Html Element(string name, string text, string attributes = "") => Raw($"<{name}{(attributes.Length > 0 ? " " : "")}{attributes}>").Text(text).Raw($"</{name}>");

    public Html Link(string url, string text) => Raw("<a href=\"").Text(url).Raw("\">").Text(text).Raw("</a>");

    public override string ToString() => markup.ToString();
}
