using SreBot.Replies;

namespace SreBot.Dashboard;

/// <summary>The frame of a page that shares the console's look.</summary>
internal static class PageShell
{
    /// <param name="body">Markup.</param>
    /// <param name="script">The name of a module below <c>/assets/</c>; null: none.</param>
    public static string Wrap(string title, string body, string? script = null) => new Html().Raw("""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <script src="/assets/theme.js"></script>
        <link rel="icon" href="/assets/icon.svg">
        <link rel="stylesheet" href="/assets/fonts.css">
        <link rel="stylesheet" href="/assets/page.css">

        """).Raw(script is null ? "" : $"<script type=\"module\" src=\"/assets/{script}\"></script>\n")
        .Element("title", $"{title} · SreBot").Raw("</head>\n<body>\n<main class=\"page\">\n").Raw(body).Raw("\n</main>\n</body>\n</html>\n").ToString();

    /// <summary>For nobody known.</summary>
    public static IResult SignIn() => Answer("Sign in", "Sign in on SreBot's first page, then open this link again.", StatusCodes.Status401Unauthorized);

    /// <summary>A page of one sentence.</summary>
    public static IResult Answer(string title, string sentence, int status) => Results.Content(
        Wrap(title, new Html().Raw("<header class=\"page-header\"><p class=\"crumbs\"><a href=\"/\">SreBot</a></p>").Element("h1", title).Element("p", sentence).Raw("</header>").ToString()),
        "text/html; charset=utf-8", statusCode: status);
}
