using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;

namespace SreBot.Adapters.Tests.Web;

public sealed class WebEndpointTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private ConsoleHost host = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        host = await ConsoleHost.StartAsync();
        http = Client();
    }

    private HttpClient Client(string site = "same-origin")
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        if (site.Length > 0)
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        return client;
    }

    [Fact]
    public async Task Lets_a_browser_on_this_machine_into_the_demo()
    {
        var me = await http.GetFromJsonAsync<JsonElement>("/console/me", Cancel);

        Assert.Equal("Northwind", me.GetProperty("visitor").GetProperty("organizationName").GetString());
        Assert.True(me.GetProperty("visitor").GetProperty("isDemo").GetBoolean());
        Assert.Equal(3, me.GetProperty("visitor").GetProperty("firstQuestions").GetArrayLength());
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "127.0.0.1.rebound.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Keeps_a_stranger_out_of_the_demo(string header, string value)
    {
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        var me = await http.GetFromJsonAsync<JsonElement>("/console/me", Cancel);
        var messages = await http.GetAsync("/console/messages?channel=incidents", Cancel);

        Assert.Equal(JsonValueKind.Null, me.GetProperty("visitor").ValueKind);
        Assert.Equal(HttpStatusCode.Unauthorized, messages.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Accept", "*/*")] // neither header: not a browser
    public async Task Refuses_to_change_anything_for_another_site(string header, string value)
    {
        using var client = Client(site: "");
        client.DefaultRequestHeaders.Add(header, value);

        foreach (var path in (string[])["/console/messages", "/console/actions", "/console/sign-in", "/console/sign-out"])
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync(path, new { channel = "incidents", text = "hello", id = "1" }, Cancel)).StatusCode);
        Assert.Equal(0, host.Turns.Waiting);
    }

    [Fact]
    public async Task Takes_the_origin_header_of_a_browser_that_sends_no_other()
    {
        using var client = Client(site: "");
        client.DefaultRequestHeaders.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(client, "incidents", "hello", "1")).StatusCode);
    }

    [Fact]
    public async Task Signs_in_with_a_token_and_out_again()
    {
        host.SignIn.HasDemo = false;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("/console/sign-in", new { token = "guess" }, Cancel)).StatusCode);

        var signedIn = await http.PostAsJsonAsync("/console/sign-in", new { token = "token-of-ana" }, Cancel);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        var inside = await http.GetAsync("/console/messages?channel=operations", Cancel);
        await http.PostAsJsonAsync("/console/sign-out", new { }, Cancel);
        var outside = await http.GetAsync("/console/messages?channel=operations", Cancel);

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("token-of-ana", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, outside.StatusCode);
    }

    [Fact]
    public async Task Ends_the_session_of_a_revoked_token()
    {
        host.SignIn.HasDemo = false;
        await http.PostAsJsonAsync("/console/sign-in", new { token = "token-of-ana" }, Cancel);

        host.SignIn.Tokens.Remove("token-of-ana");

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/console/messages?channel=operations", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Opens_no_channel_that_is_not_the_visitors()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/console/messages?channel=operations", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/console/stream?channel=operations", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SayAsync(http, "operations", "hello", "1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync("/console/actions", new { channel = "operations", verb = "x", value = "", messageId = 1, id = "1" }, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Hands_a_message_on_once_however_often_it_is_sent()
    {
        var first = await SayAsync(http, "incidents", "@sre-bot why is INC-1 slow?", "a1");
        var again = await SayAsync(http, "incidents", "@sre-bot why is INC-1 slow?", "a1");

        var turn = await host.Turns.NextAsync();
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(0, host.Turns.Waiting);
        Assert.Equal(("why is INC-1 slow?", "1"), (turn.Text, turn.MessageId));
        Assert.Equal(new ChatAddress("web", "demo", "incidents", "1"), turn.Address);
        Assert.Equal(MemorySignIn.Demo.User, turn.User);
    }

    [Fact]
    public async Task Hands_on_a_message_of_100_kilobytes_and_a_reply_in_its_thread()
    {
        await SayAsync(http, "incidents", new string('x', 100_000), "long");
        await http.PostAsJsonAsync("/console/messages", new { channel = "incidents", text = "/sre-alert list", threadId = 1, id = "short" }, Cancel);

        Assert.Equal(100_000, (await host.Turns.NextAsync()).Text.Length);
        var reply = await host.Turns.NextAsync();
        Assert.Equal((ChatTurnKind.Command, "sre-alert", "list", "1"), (reply.Kind, reply.Command, reply.Text, reply.Address.Thread));
    }

    [Fact]
    public async Task Refuses_a_message_past_all_measure()
    {
        var response = await SayAsync(http, "incidents", new string('x', WebMessageEndpoints.MostBytes + 1), "long");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Shows_the_answer_to_a_click_to_the_person_who_clicked_and_answers_once()
    {
        host.SignIn.HasDemo = false;
        using var ben = Client();
        await http.PostAsJsonAsync("/console/sign-in", new { token = "token-of-ana" }, Cancel);
        await ben.PostAsJsonAsync("/console/sign-in", new { token = "token-of-ben" }, Cancel);
        var clicks = 0;
        host.Turns.Answer = turn => Task.FromResult(ChatReply.Of($"{turn.Action!.Verb} {turn.Action.Value} by {turn.User.Name}, {++clicks}"));
        var posted = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(new("web", "acme", "operations"), RichReplies.Notice("triggered"), "notice", Cancel));
        var click = new { channel = "operations", verb = "acknowledge", value = "1", messageId = long.Parse(posted.MessageId), id = "c1" };

        await http.PostAsJsonAsync("/console/actions", click, Cancel);
        await http.PostAsJsonAsync("/console/actions", click, Cancel);

        Assert.Contains("acknowledge 1 by Ana, 1", await http.GetStringAsync("/console/messages?channel=operations", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("by Ana", await ben.GetStringAsync("/console/messages?channel=operations", Cancel), StringComparison.Ordinal);
        Assert.Equal(1, clicks);
    }

    [Fact]
    public async Task Streams_what_is_new_and_changed_and_goes_on_after_the_last_event()
    {
        var address = new ChatAddress("web", "demo", "incidents");
        await host.Poster.PostAsync(address, ChatReply.Of("one"), "1", Cancel);
        using var stream = await OpenAsync(lastEventId: null);
        Assert.Equal(("1", "one"), await stream.NextAsync());

        await host.Poster.PostAsync(address, ChatReply.Of("two"), "2", Cancel);
        Assert.Equal(("2", "two"), await stream.NextAsync());
        await host.Poster.ShowProgressAsync(address with { Thread = "2" }, "Reading Server_9", Cancel);
        Assert.Equal((null, "Reading Server_9"), await stream.NextAsync());
        await host.Poster.UpdateAsync(address, "1", ChatReply.Of("one, edited"), Cancel);
        Assert.Equal(("3", "one, edited"), await stream.NextAsync());

        using var resumed = await OpenAsync(lastEventId: "2");
        Assert.Equal(("3", "one, edited"), await resumed.NextAsync());
    }

    [Fact]
    public async Task Streams_what_another_process_has_stored()
    {
        using var stream = await OpenAsync(lastEventId: null);

        await host.Store.AddAsync(new("demo", "incidents", null, null, "sre-bot", true, "from elsewhere", ChatReply.Of("from elsewhere"), "k"), Cancel); // no signal in this process

        Assert.Equal(("1", "from elsewhere"), await stream.NextAsync());
    }

    [Fact]
    public async Task Shows_a_post_sent_again_under_its_key_once()
    {
        var address = new ChatAddress("web", "demo", "incidents");

        var first = await host.Poster.PostAsync(address, ChatReply.Of("one"), "k", Cancel);
        var again = await host.Poster.PostAsync(address, ChatReply.Of("one"), "k", Cancel);

        Assert.Equal(first, again);
        Assert.Equal("1", await host.Poster.FindAsync(address, "k", DateTimeOffset.MinValue, Cancel));
        Assert.Null(await host.Poster.FindAsync(address, "other", DateTimeOffset.MinValue, Cancel));
        Assert.IsType<PostOutcome.GaveUp>(await host.Poster.UpdateAsync(address, "1699.2", ChatReply.Of("x"), Cancel));
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/assets/page.css", "text/css")]
    [InlineData("/assets/app.js", "text/javascript")]
    [InlineData("/assets/echarts.js", "text/javascript")]
    [InlineData("/assets/fonts.css", "text/css")]
    public async Task Serves_the_page_under_a_strict_policy_and_not_twice(string path, string type)
    {
        var response = await http.GetAsync(path, Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { response.Headers.ETag! } } };

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(WebHeaders.ContentSecurityPolicy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/index.html")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    public async Task Serves_no_other_file(string path) => Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path, Cancel)).StatusCode);

    private static Task<HttpResponseMessage> SayAsync(HttpClient client, string channel, string text, string id) =>
        client.PostAsJsonAsync("/console/messages", new { channel, text, id }, Cancel);

    private async Task<Events> OpenAsync(string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/stream?channel=incidents&after=0");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return new(new StreamReader(await response.Content.ReadAsStreamAsync(Cancel), Encoding.UTF8));
    }

    private sealed class Events(StreamReader reader) : IDisposable
    {
        /// <summary>The next event's id and its text; comments are passed over.</summary>
        public async Task<(string? Id, string Text)> NextAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            string? id = null;
            while (await reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return (id, JsonDocument.Parse(line[6..]).RootElement.GetProperty("text").GetString()!);
            }
            throw new EndOfStreamException();
        }

        public void Dispose() => reader.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }
}
