using System.Text.Json.Serialization;

namespace SreBot.Adapters.Chat;

/// <summary>An answer in no platform's markup: each adapter renders every kind of block.</summary>
public sealed record ChatReply
{
    /// <summary>One plain line: the notification's preview, and the whole answer where nothing else can be shown.</summary>
    public required string Summary { get; init; }
    public IReadOnlyList<ReplyBlock> Blocks { get; init; } = [];

    /// <summary>Only the person who asked may see it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>What is wrong with a submitted form, by the name of the field it stands beside; <see cref="Summary"/> says it too. Null: nothing was submitted, or it was taken.</summary>
    public IReadOnlyDictionary<string, string>? Mistakes { get; init; }

    /// <summary>An answer of one sentence.</summary>
    public static ChatReply Of(string sentence) => new() { Summary = sentence, Blocks = [new ReplySection { Paragraphs = [sentence] }] };
}

/// <summary>One part of a reply.</summary>
[JsonDerivedType(typeof(ReplySection), "section")]
[JsonDerivedType(typeof(ReplyTable), "table")]
[JsonDerivedType(typeof(ReplyChart), "chart")]
[JsonDerivedType(typeof(ReplyBars), "bars")]
[JsonDerivedType(typeof(ReplyButtons), "buttons")]
[JsonDerivedType(typeof(ReplyFile), "file")]
[JsonDerivedType(typeof(ReplyForm), "form")]
public abstract record ReplyBlock;

/// <summary>A title, then paragraphs, then bullets; each may be absent.</summary>
public sealed record ReplySection : ReplyBlock
{
    public string? Title { get; init; }
    public IReadOnlyList<ReplyText> Paragraphs { get; init; } = [];
    public IReadOnlyList<ReplyText> Bullets { get; init; } = [];

    /// <summary>Shown small and quiet: where the numbers come from, when they were read.</summary>
    public bool IsNote { get; init; }
}

/// <summary>A table of text; <paramref name="Numeric"/> columns are set flush right.</summary>
/// <param name="Rows">Each as long as <paramref name="Columns"/>.</param>
/// <param name="Numeric">The indexes of the columns that hold numbers.</param>
public sealed record ReplyTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<int> Numeric) : ReplyBlock;

/// <summary>Lines over time.</summary>
/// <param name="Unit">Of the values, such as <c>ms</c> or <c>%</c>.</param>
/// <param name="AlternativeText">What the picture shows, for those who cannot see it; at most 500 characters.</param>
public sealed record ReplyChart(string Title, string Unit, string AlternativeText, IReadOnlyList<ReplySeries> Series) : ReplyBlock
{
    public double? Threshold { get; init; }

    /// <summary>A stretch of time to set off, such as an incident.</summary>
    public ReplySpan? Highlight { get; init; }

    /// <summary>Where the values usually lie, drawn behind the lines.</summary>
    public ReplyBand? Band { get; init; }
}

/// <summary>One line of a chart, oldest point first. A null value is a gap.</summary>
/// <param name="IsContext">Drawn quietly behind the others: peers, the past.</param>
public sealed record ReplySeries(string Name, IReadOnlyList<ReplyPoint> Points, bool IsContext = false);

/// <summary>A band over time, oldest point first.</summary>
/// <param name="Name">What it shows, such as <c>usual range</c>.</param>
public sealed record ReplyBand(string Name, IReadOnlyList<ReplyBandPoint> Points);

/// <summary>The ends of a band at a time; null ends are a gap.</summary>
public sealed record ReplyBandPoint(DateTimeOffset At, double? Low, double? High);

/// <summary>Bars to compare, the first on top.</summary>
/// <param name="Unit">Of the values, such as <c>%</c>.</param>
/// <param name="AlternativeText">What the picture shows, for those who cannot see it; at most 500 characters.</param>
public sealed record ReplyBars(string Title, string Unit, string AlternativeText, IReadOnlyList<ReplyBar> Bars) : ReplyBlock;

/// <summary>One bar.</summary>
/// <param name="Value">From zero on.</param>
/// <param name="Label">The value as a person reads it.</param>
public sealed record ReplyBar(string Name, double Value, string Label);

/// <summary>A value at a time.</summary>
public sealed record ReplyPoint(DateTimeOffset At, double? Value);

/// <summary>A named stretch of time.</summary>
public sealed record ReplySpan(DateTimeOffset From, DateTimeOffset To, string Label);

/// <summary>Buttons in a row, the most likely first.</summary>
public sealed record ReplyButtons(IReadOnlyList<ReplyButton> Buttons) : ReplyBlock;

/// <summary>A button that sends <paramref name="Verb"/> and <paramref name="Value"/> back, or opens <paramref name="Url"/>.</summary>
/// <param name="Text">At most 75 characters.</param>
/// <param name="Verb">What to do, such as <c>ask</c>; opaque to the adapters.</param>
/// <param name="Value">With what; at most 2,000 characters.</param>
public sealed record ReplyButton(string Text, string Verb, string Value, ReplyButtonStyle Style = ReplyButtonStyle.Default, string? Url = null);

/// <summary>How much a button stands out.</summary>
public enum ReplyButtonStyle { Default, Primary, Danger }

/// <summary>A file to hand over.</summary>
public sealed record ReplyFile(string Name, string ContentType, ReadOnlyMemory<byte> Content) : ReplyBlock;
