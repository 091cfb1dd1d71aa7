namespace SreBot.Adapters.Web;

/// <summary>The look that every page shares, for a page that must stand alone in one file.</summary>
public static class WebStyle
{
    /// <summary>The style sheet <c>page.css</c>.</summary>
    public static string Css { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(typeof(WebStyle).Assembly.GetManifestResourceStream("Web/page.css")!);
        return reader.ReadToEnd();
    }
}
