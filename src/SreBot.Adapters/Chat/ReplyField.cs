namespace SreBot.Adapters.Chat;

/// <summary>One field of a form.</summary>
/// <param name="Name">Unique in the form; letters, digits and underscores, at most 60.</param>
/// <param name="Label">At most 150 characters.</param>
public sealed record ReplyField(string Name, string Label, ReplyFieldKind Kind = ReplyFieldKind.Text)
{
    /// <summary>It may stay empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What to write, in a few words; at most 150 characters.</summary>
    public string? Hint { get; init; }

    /// <summary>What it says before anyone wrote: at most one value unless <see cref="ReplyFieldKind.Choices"/>.</summary>
    public IReadOnlyList<string> Initial { get; init; } = [];

    /// <summary>For the two kinds of choice: 1 to 100, the most likely first.</summary>
    public IReadOnlyList<ReplyChoice> Choices { get; init; } = [];
}

/// <summary>How a field is filled in.</summary>
public enum ReplyFieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Any number of the choices.</summary>
    Choices,
}

/// <summary>Something to choose.</summary>
/// <param name="Value">What is sent; at most 75 characters.</param>
/// <param name="Text">What is shown; at most 75 characters.</param>
public sealed record ReplyChoice(string Value, string Text);
