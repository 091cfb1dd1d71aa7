using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Teams;

namespace SreBot.Adapters.Tests.Teams;

public sealed class TeamsEndpointTests : TeamsFixture
{
    [Fact]
    public async Task A_message_is_handed_in_and_acknowledged_at_once()
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(Activities.ChannelMessage(Service, "<at>Sre</at> why?"), Cancel);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("why?", Assert.Single(Turns.Enqueued).Text);
    }

    [Fact]
    public async Task Without_a_genuine_token_nothing_is_read_or_kept()
    {
        await using var host = await StartAsync();
        var activity = Activities.Message(Service, "hello");

        foreach (var token in new[] { null, "x.y.z", Mint.Stranger(TokenMint.Header(), TokenMint.Claims(TimeProvider.System.GetUtcNow(), Service)) })
        {
            using var response = await host.SendAsync(activity.ToJsonString(), token, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Empty(Turns.Enqueued);
        Assert.Empty(State.References);
    }

    [Fact]
    public async Task A_token_for_another_service_is_refused()
    {
        await using var host = await StartAsync();
        var token = Mint.Bot(TokenMint.Header(), TokenMint.Claims(TimeProvider.System.GetUtcNow(), "https://smba.trafficmanager.net/emea/"));

        using var response = await host.SendAsync(Activities.Message(Service, "hello").ToJsonString(), token, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.invalid/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net.evil.invalid/")]
    [InlineData("https://other.trafficmanager.net/")]
    [InlineData("https://user@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    public async Task An_activity_from_a_service_that_is_not_Teams_is_refused_even_with_a_genuine_token(string service)
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(Activities.Message(service, "hello"), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(State.References);
    }

    [Fact]
    public async Task People_of_a_tenant_that_is_not_allowed_are_refused()
    {
        await using var host = await StartAsync(("AllowedTenants:0", TokenMint.TenantId));
        var stranger = Activities.Message(Service, "hello");
        stranger["channelData"]!["tenant"]!["id"] = TokenMint.OtherTenant;
        var nobody = Activities.Message(Service, "hello").With("channelData", null);
        nobody["conversation"]!.AsObject().Remove("tenantId");

        foreach (var activity in new[] { stranger, nobody })
        {
            using var response = await host.SendAsync(activity, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Empty(Turns.Enqueued);
    }

    [Fact]
    public async Task Whatever_comes_first_the_conversation_can_be_posted_to()
    {
        await using var host = await StartAsync();

        foreach (var activity in new[] { Activities.MembersAdded(Service), Activities.Installed(Service), Activities.Reaction(Service) })
        {
            State.References.Clear();
            using var response = await host.SendAsync(activity, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(State.References);
        }

        Assert.Empty(Turns.Enqueued);
    }

    [Fact]
    public async Task A_removed_app_leaves_no_new_reference()
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(Activities.Installed(Service, "remove"), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(State.References);
    }

    [Fact]
    public async Task A_button_is_answered_in_the_response_by_a_sentence_or_by_a_card()
    {
        await using var host = await StartAsync();

        var sentence = await ExecuteAsync(host);
        Turns.Answer = _ => new ChatReply { Summary = "sure?", Blocks = [new ReplyButtons([new("Yes", "confirm", "1")])] };
        var card = await ExecuteAsync(host);

        Assert.Equal((200, "application/vnd.microsoft.activity.message", "Done."), ((int)sentence["statusCode"]!, (string?)sentence["type"], (string?)sentence["value"]));
        Assert.Equal((200, "application/vnd.microsoft.card.adaptive", "AdaptiveCard"), ((int)card["statusCode"]!, (string?)card["type"], (string?)card["value"]!["type"]));
        Assert.Equal(new ChatAction("ack", "INC-7"), Turns.Asked.First().Action);
    }

    [Fact]
    public async Task A_button_that_fails_says_so_without_the_reason()
    {
        await using var host = await StartAsync();
        Turns.Answer = _ => throw new InvalidOperationException("the password is 1234");

        var answer = await ExecuteAsync(host);

        Assert.Equal("application/vnd.microsoft.error", (string?)answer["type"]);
        Assert.DoesNotContain("1234", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_invoke_is_not_implemented()
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(Activities.Execute(Service, "ack", "1", name: "task/fetch"), Cancel);

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_activity_is_refused()
    {
        await using var host = await StartAsync();
        var token = Mint.Bot(TokenMint.Header(), TokenMint.Claims(TimeProvider.System.GetUtcNow(), Service));

        using var large = await host.SendAsync(new string(' ', 300_000), token, Cancel);
        using var broken = await host.SendAsync("{", token, Cancel);
        using var list = await host.SendAsync("[]", token, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (broken.StatusCode, list.StatusCode));
    }

    [Fact]
    public async Task An_anonymous_client_is_served_only_with_the_setting_for_it()
    {
        await using var host = await StartAsync(("AllowAnonymous", "true"));
        var activity = Activities.Message(Service, "hello").ToJsonString();

        using var anonymous = await host.SendAsync(activity, null, Cancel);
        using var forged = await host.SendAsync(activity, "x.y.z", Cancel);

        Assert.Equal(HttpStatusCode.Accepted, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Theory]
    [InlineData("Production", "AllowAnonymous", "true", "AllowAnonymous")]
    [InlineData("Production", "AllowEmulator", "true", "AllowEmulator")]
    [InlineData("Development", "TenantId", "", "Teams:TenantId is missing")]
    [InlineData("Development", "AppPassword", "", "Teams:AppPassword is missing")]
    [InlineData("Development", "Authority", "http://login.invalid/", "Teams:Authority must be an https address")]
    public async Task A_start_with_settings_that_are_not_safe_is_refused_in_one_sentence(string environment, string key, string value, string says)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TeamsHost.StartAsync(Login, Mint, State, Turns, Cancel, environment, (key, value)));

        Assert.Contains(says, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_app_id_there_is_no_endpoint()
    {
        await using var host = await StartAsync(("AppId", ""));

        using var response = await host.SendAsync(Activities.Message(Service, "hello"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<JsonObject> ExecuteAsync(TeamsHost host)
    {
        using var response = await host.SendAsync(Activities.Execute(Service, "ack", "INC-7"), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject();
    }
}
