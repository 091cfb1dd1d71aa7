using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>A form with each kind of field.</summary>
internal static class Forms
{
    public const string Verb = "order.form";

    public static ReplyForm Form { get; } = new("New order", Verb, "table 7", "Send it",
    [
        new("dish", "What to eat", ReplyFieldKind.Choice) { Choices = [new("pie", "Pie & peas"), new("soup", "Soup <hot>")], Initial = ["soup"] },
        new("count", "How many") { Hint = "A number.", Initial = ["2"] },
        new("extras", "With", ReplyFieldKind.Choices) { IsOptional = true, Choices = [new("salt, sea", "salt"), new("bread", "bread")], Initial = ["bread", "salt, sea"] },
        new("note", "Note") { IsOptional = true },
    ]);

    public static ChatReply Reply { get; } = new() { Summary = "What shall it be?", Blocks = [Form], IsPrivate = true };
}
