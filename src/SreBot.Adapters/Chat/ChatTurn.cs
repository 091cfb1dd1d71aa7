namespace SreBot.Adapters.Chat;

/// <summary>What kind of thing a person did.</summary>
public enum ChatTurnKind
{
    /// <summary>A mention, or a message written directly to the bot; <see cref="ChatTurn.Text"/> is without the mention.</summary>
    Message,

    /// <summary>A slash command; <see cref="ChatTurn.Command"/> names it.</summary>
    Command,

    /// <summary>A button, or a form that was sent; <see cref="ChatTurn.Action"/> names it.</summary>
    Action,

    /// <summary>The bot was added to a channel or a person's chat list.</summary>
    Installed,

    /// <summary>Something chosen from a message's menu; <see cref="ChatTurn.Command"/> names it, and <see cref="ChatTurn.Text"/> is that message's text, by whomever.</summary>
    Shortcut,
}

/// <summary>One thing that a person said or clicked, in no platform's words.</summary>
public sealed record ChatTurn
{
    /// <summary>Unique on the platform; the same for every delivery of the same turn.</summary>
    public required string EventId { get; init; }
    public required ChatTurnKind Kind { get; init; }

    /// <summary>Where the answer belongs: the thread, when the platform has threads.</summary>
    public required ChatAddress Address { get; init; }
    public required ChatUser User { get; init; }
    public string Text { get; init; } = "";

    /// <summary>True in a conversation of the person and the bot alone.</summary>
    public bool IsDirect { get; init; }

    /// <summary>The message that was said, or that carries the button.</summary>
    public string? MessageId { get; init; }

    /// <summary>The slash command's name without the slash, such as <c>sre</c>, or the shortcut's name, such as <c>explain</c>.</summary>
    public string? Command { get; init; }
    public ChatAction? Action { get; init; }

    /// <summary>The channels that the text names, as they stand in it (<c>#incidents</c>), with their places as <see cref="ChatAddress.ToTarget"/> writes them; null where the platform says none.</summary>
    public IReadOnlyDictionary<string, string>? Channels { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A clicked button: the verb and value that <see cref="ReplyButton"/> or <see cref="ReplyForm"/> carried.</summary>
public sealed record ChatAction(string Verb, string Value)
{
    /// <summary>What was filled in, by the names of the form's fields; an empty field has no values. Null: no form was sent, so that one is wanted where the verb has one.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Fields { get; init; }
}
