using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace SreBot.Dashboard;

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
        markup.Append(HtmlEncoder.Default.Encode(text));
        return this;
    }

    /// <summary>An element around text; <paramref name="attributes"/> are the project's own.</summary>
    public Html Element(string name, string text, string attributes = "") => Raw($"<{name}{(attributes.Length > 0 ? " " : "")}{attributes}>").Text(text).Raw($"</{name}>");

    public Html Link(string url, string text) => Raw("<a href=\"").Text(url).Raw("\">").Text(text).Raw("</a>");

    public override string ToString() => markup.ToString();

    /// <summary>A recorded cell as a person reads it; times in UTC.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "–",
        DateTimeOffset at => at.UtcDateTime.ToString(at.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static bool IsNumber(object? value) => value is double or long or ulong or decimal or int;
}
