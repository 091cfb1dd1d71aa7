using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Delivery.Http;
using SreBot.Delivery.Receivers;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

public sealed class ReceiverCommandTests(PostgresFixture postgres)
{
    private static readonly ChatAddress Channel = new("slack", "T01", "C02");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_adds_lists_tests_and_removes_receivers()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await using var service = await LocalReceiver.StartAsync();
        house.Notifiers.Add(new WebhookNotifier(house.Door, OutboxHouse.Links, house.Time));

        var added = await SayAsync(house, $"add webhook Ops <http://127.0.0.1:{service.Port}/hook> for Project_1, Project_2");
        var listed = await SayAsync(house, "list");
        await SayAsync(house, "test webhook ops");
        await house.DeliverAsync();
        await house.ChangeAsync("INSERT INTO alert (organization_id, name, projects, metric, aggregate, comparator, threshold, time_window, created_by, targets) VALUES (@Organization, 'r', ARRAY['Project_1'], 'error_rate', 'ratio', '>', 5, 60000, 'test', ARRAY['webhook:ops'])", new { house.Organization });
        var removed = await SayAsync(house, "remove webhook:ops");

        Assert.Matches("^webhook:ops is a receiver now: it may be told of Project_1, Project_2. .* shown this once: whsec_[A-Za-z0-9+/]{43}=$", added.Summary);
        var table = Assert.IsType<ReplyTable>(Assert.Single(listed.Blocks));
        Assert.Equal(["webhook:ops", $"http://127.0.0.1:{service.Port}/hook", "Project_1, Project_2", "Ana"], Assert.Single(table.Rows));
        Assert.Contains("\"type\":\"srebot.test\"", Assert.Single(service.Requests).Body, StringComparison.Ordinal);
        Assert.Equal("webhook:ops is removed. 1 alert rule still names it: what they send there is kept as not delivered.", removed.Summary);
        Assert.Equal([$"added receiver webhook:ops at http://127.0.0.1:{service.Port}/hook for Project_1, Project_2", "tested receiver webhook:ops", "removed receiver webhook:ops"],
            await house.QueryAsync<string>("SELECT what FROM audit ORDER BY id"));
    }

    [Fact]
    public async Task Answers_are_private_and_no_secret_lies_open_or_is_shown_again()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        const string Key = "R0123456789ABCDEF0123456789ABCDE";

        var hook = await SayAsync(house, "add webhook ops https://hooks.example.org/x");
        var pager = await SayAsync(house, $"add pagerduty oncall {Key}");
        var again = await SayAsync(house, "add webhook ops https://hooks.example.org/y");
        var list = await SayAsync(house, "list");

        Assert.All([hook, pager, again, list], reply => Assert.True(reply.IsPrivate));
        Assert.EndsWith("The routing key stands in this chat now: delete that message. POST /api/receivers keeps the next one out of it.", pager.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", again.Summary, StringComparison.Ordinal);
        var kept = string.Join('\n', await house.QueryAsync<string>("SELECT to_jsonb(r)::text FROM receiver r UNION ALL SELECT what FROM audit"));
        Assert.DoesNotContain(Key, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", kept, StringComparison.Ordinal);
        var stored = await house.QueryAsync<string>("SELECT secret FROM receiver ORDER BY target");
        Assert.Equal(Key, house.Secrets.Open(house.Organization, stored[0]));
        Assert.EndsWith(house.Secrets.Open(house.Organization, stored[1]), hook.Summary, StringComparison.Ordinal);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => house.Secrets.Open(house.Organization + 1, stored[0]));
    }

    [Theory]
    [InlineData("add email ops@example.org", "Sre", "Forbidden", "Only an admin")]
    [InlineData("add nonsense", "Sre", "Forbidden", "Only an admin")]
    [InlineData("remove email:ops@example.org", "Sre", "Forbidden", "Only an admin")]
    [InlineData("test email:ops@example.org", "Sre", "Forbidden", "Only an admin")]
    [InlineData("list", "Viewer", "Forbidden", "Only an sre or an admin")]
    [InlineData("add", "Admin", "Invalid", "A kind should follow 'add', such as: receiver add email")]
    [InlineData("add fax 123", "Admin", "Invalid", "'fax' is no kind; it should be email, sms, webhook or pagerduty")]
    [InlineData("add email", "Admin", "Invalid", "One mail address should follow 'email'")]
    [InlineData("add email ops@example.org for", "Admin", "Invalid", "Projects should follow 'for'")]
    [InlineData("add email ops@example.org for Project_9", "Admin", "NotFound", "There is no project Project_9")]
    [InlineData("add sms 0151", "Admin", "Invalid", "is not a telephone number")]
    [InlineData("add webhook ops", "Admin", "Invalid", "A name and a URL should follow 'webhook'")]
    [InlineData("add webhook ops hooks.example.org", "Admin", "Invalid", "is not an address of the form")]
    [InlineData("add webhook ops file:///etc/passwd", "Admin", "Invalid", "")]
    [InlineData("add webhook ops http://hooks.example.org/", "Admin", "Invalid", "must be reached by https")]
    [InlineData("add webhook ops https://10.0.0.1/", "Admin", "Invalid", "not on the public internet")]
    [InlineData("add webhook ops https://[::ffff:169.254.169.254]/", "Admin", "Invalid", "not on the public internet")]
    [InlineData("add pagerduty oncall", "Admin", "Invalid", "A name and a routing key should follow 'pagerduty'")]
    [InlineData("add pagerduty oncall short", "Admin", "Invalid", "32 letters and digits")]
    [InlineData("remove email:ops@example.org", "Admin", "NotFound", "There is no receiver email:ops@example.org")]
    [InlineData("test slack:T01/C02", "Admin", "Invalid", "Name one receiver")]
    [InlineData("what", "Admin", "Invalid", "After 'receiver' comes add, list, test or remove")]
    public async Task Says_what_is_wrong(string text, string role, string kind, string why)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        (house.Webhooks.AllowPrivate, house.Webhooks.AllowPlain) = (false, false);

        var error = await Assert.ThrowsAsync<SreException>(() => SayAsync(house, text, Enum.Parse<Role>(role)));

        Assert.Equal(kind, $"{error.Kind}");
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Empty(await house.QueryAsync<string>("SELECT target FROM receiver"));
    }

    [Theory]
    [InlineData("email <mailto:Ops@Example.org|Ops@Example.org> for Project_1", "email:Ops@example.org", "Project_1")]
    [InlineData("mail ops@example.org FOR Project_1 Project_2", "email:ops@example.org", "Project_1,Project_2")]
    [InlineData("sms <tel:+4915112345678|+49 151 12345678>", "sms:+4915112345678", "")]
    public void Reads_what_chats_make_of_addresses(string text, string target, string projects)
    {
        var draft = ReceiverGrammar.Draft(text.Replace("|+49 151 12345678", "|x", StringComparison.Ordinal));

        Assert.Equal((target, projects), (draft.Target.ToString(), string.Join(',', draft.Projects)));
    }

    [Fact]
    public async Task A_test_of_PagerDuty_leaves_nothing_open_there()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await using var service = await LocalReceiver.StartAsync(good: 202);
        house.Notifiers.Add(new PagerDutyNotifier(house.Door, OutboxHouse.Links, house.Time));
        await SayAsync(house, $"add pagerduty oncall R0123456789ABCDEF0123456789ABCDE at {service.Address}");

        await SayAsync(house, "test pagerduty:oncall");
        await house.DeliverAsync();

        Assert.Equal(["trigger", "resolve"], service.Requests.Select(request => System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("event_action").GetString()));
    }

    private static Task<ChatReply> SayAsync(OutboxHouse house, string text, Role role = Role.Admin)
    {
        var principal = house.Admin with { Scope = house.Admin.Scope with { Role = role } };
        return new ReceiverCommand(house.Receivers).HandleAsync(text, new Caller(principal, principal.Scope, Channel, null), Cancel);
    }
}
