namespace SreBot.Adapters.Chat;

/// <summary>A line of text in runs; the adapters escape every run, so that text from telemetry can ping nobody.</summary>
public sealed record ReplyText(IReadOnlyList<ReplyRun> Runs)
{
    public static implicit operator ReplyText(string text) => new([new ReplyRun(text)]);

    /// <summary>Joins runs; a plain string is a plain run.</summary>
    public static ReplyText Of(params ReplyRun[] runs) => new(runs);

    /// <summary>The text without its styles and links.</summary>
    public override string ToString() => string.Concat(Runs.Select(run => run.Text));
}

/// <summary>Text in one style.</summary>
/// <param name="Url">Makes the run a link: absolute http(s), or starting with <c>/</c>, which the adapters complete with the public address.</param>
public sealed record ReplyRun(string Text, ReplyStyle Style = ReplyStyle.Plain, string? Url = null)
{
    public static implicit operator ReplyRun(string text) => new(text);

    public static ReplyRun Strong(string text) => new(text, ReplyStyle.Strong);

    public static ReplyRun Code(string text) => new(text, ReplyStyle.Code);

    public static ReplyRun Link(string text, string url) => new(text, ReplyStyle.Plain, url);
}

/// <summary>How a run is set.</summary>
public enum ReplyStyle { Plain, Strong, Code }
