using SreBot.Adapters.Chat;
using SreBot.Hosting;
using SreBot.Model;

namespace SreBot.Tests.Hosting;

public sealed class TurnFormsTests
{
    [Theory]
    [InlineData(ChatTurnKind.Command, "sre-order", "", "order.form")]
    [InlineData(ChatTurnKind.Command, "sre-order", " ", "order.form")]
    [InlineData(ChatTurnKind.Command, "sre-order", "pie", null)]
    [InlineData(ChatTurnKind.Command, "sre", "", null)]
    [InlineData(ChatTurnKind.Command, "sre-other", "", null)]
    [InlineData(ChatTurnKind.Message, null, "/sre-order", "order.form")]
    [InlineData(ChatTurnKind.Message, null, "/SRE-Order  ", "order.form")]
    [InlineData(ChatTurnKind.Message, null, "/sre-order pie", null)]
    [InlineData(ChatTurnKind.Message, null, "order", null)]
    [InlineData(ChatTurnKind.Shortcut, "sre-order", "", null)]
    public void A_command_that_leaves_all_to_say_wants_its_form(ChatTurnKind kind, string? command, string text, string? verb) =>
        Assert.Equal(verb, Wanted(Turn(kind) with { Command = command, Text = text })?.Verb);

    [Fact]
    public void A_click_wants_a_form_until_one_is_sent()
    {
        Assert.Equal("order.form", Wanted(Turn(ChatTurnKind.Action) with { Action = new("order.form", "7") })?.Verb);
        Assert.Null(Wanted(Turn(ChatTurnKind.Action) with { Action = new("order.form", "7") { Fields = new Dictionary<string, IReadOnlyList<string>>() } }));
        Assert.Null(Wanted(Turn(ChatTurnKind.Action) with { Action = new("ack", "7") }));
    }

    private static ChatAction? Wanted(ChatTurn turn) => new TurnForms([new Order()], [new OrderForm()]).Wanted(turn);

    private static ChatTurn Turn(ChatTurnKind kind) => new() { EventId = "1", Kind = kind, Address = new("web", "acme", "general"), User = new("web", "acme", "u"), At = DateTimeOffset.UnixEpoch };

    private sealed class Order : ICommandHandler
    {
        public string Verb => "order";

        public IReadOnlyList<string> Examples => ["order pie"];

        public ChatAction? Form(string text) => text.Length == 0 ? new("order.form", "") : null;

        public Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel) => Task.FromResult(ChatReply.Of(text));
    }

    private sealed class OrderForm : IFormHandler
    {
        public string Verb => "order.form";

        public Task<ChatReply> HandleAsync(string value, Caller caller, CancellationToken cancel) => Task.FromResult(ChatReply.Of(value));

        public Task<ChatReply> SubmitAsync(string value, IReadOnlyDictionary<string, IReadOnlyList<string>> fields, Caller caller, CancellationToken cancel) => Task.FromResult(ChatReply.Of(value));
    }
}
