using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using SreBot.Delivery.Http;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

/// <summary>Against a local server as strict as the service that it stands for: form, sign-in, fields and length are checked.</summary>
public sealed class SmsNotifierTests(PostgresFixture postgres)
{
    private const string Target = "sms:+4915112345678";

    [Fact]
    public async Task Sends_what_a_person_must_know_and_nothing_else()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 201);
        var house = await HouseAsync(service);

        foreach (var (happened, at) in new[] { "opened", "diagnosed", "acknowledged", "repeated", "changed", "kept", "escalated", "resolved" }.Select((happened, at) => (happened, at)))
        {
            await house.TellAsync(Target, happened, at + 1);
        }

        await house.DeliverAsync();

        Assert.Equal(["opened", "repeated", "escalated", "resolved"], service.Requests.Select(request => Form(request)["Body"].Split(' ')[1]));
        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));
        Assert.Equal(["/2010/AC1/Messages.json"], service.Requests.Select(request => request.Path).Distinct());
    }

    [Fact]
    public async Task A_long_text_is_one_message()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 201);
        var house = await HouseAsync(service);

        await house.TellAsync(Target, "opened", 1, string.Join(' ', Enumerable.Repeat("größer", 60)));
        await house.TellAsync(Target, "opened", 1, string.Concat(Enumerable.Repeat("遅い", 60)), "incident:43");
        await house.DeliverAsync();

        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task A_busy_or_broken_service_is_asked_again_with_the_same_key()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 201);
        var house = await HouseAsync(service);
        service.Next(429, """{"code":20429,"message":"Too Many Requests"}""", ("retry-after", "30"));
        service.Next(503);
        service.NextDrops();
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();
        house.Time.Advance(TimeSpan.FromSeconds(29));
        await house.DeliverAsync();
        Assert.Single(service.Requests);

        foreach (var seconds in new[] { 1, 2, 3 })
        {
            house.Time.Advance(TimeSpan.FromSeconds(seconds));
            await house.DeliverAsync();
        }

        Assert.Equal(["incident:42 1 done"], await house.RowsAsync());
        Assert.Equal(4, service.Requests.Count);
        Assert.Single(service.Requests.Select(request => request.Header("idempotency-key")).Distinct());
    }

    [Fact]
    public async Task A_revoked_token_and_a_refused_number_are_dead_with_the_services_own_words()
    {
        await using var service = await LocalReceiver.StartAsync(Wrong, good: 201);
        var house = await HouseAsync(service, token: "revoked");
        service.Next(400, """{"code":21211,"message":"The 'To' number is not a valid phone number.","status":400}""");
        await house.TellAsync(Target, "opened", 1);
        await house.TellAsync(Target, "resolved", 2);

        await house.DeliverAsync();

        Assert.Equal(
            [$"{Target} answered 400: The 'To' number is not a valid phone number.", $"{Target} answered 400: wrong account or token"],
            await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead' ORDER BY id"));
    }

    [Fact]
    public async Task Without_an_account_it_says_what_is_missing()
    {
        var house = await OutboxHouse.NewAsync(postgres);
        await house.ReceiverAsync("sms +4915112345678");
        using var notifier = new SmsNotifier(Options.Create(new SmsOptions()), OutboxHouse.Links, house.Time);
        house.Notifiers.Add(notifier);
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();

        Assert.Equal(["SMS is not set up; it takes Sms:Account, Sms:Token and Sms:From."], await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'dead'"));
    }

    private async Task<OutboxHouse> HouseAsync(LocalReceiver service, string token = "right")
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var options = new SmsOptions { Url = $"{service.Address}2010/{{account}}/Messages.json", Account = "AC1", Token = token, From = "+15005550006" };
        house.Notifiers.Add(new SmsNotifier(Options.Create(options), OutboxHouse.Links, house.Time));
        await house.ReceiverAsync("sms +49 151 12345678");
        return house;
    }

    private static Dictionary<string, string> Form(ArrivedRequest request) =>
        request.Body.Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => WebUtility.UrlDecode(field[0]), field => WebUtility.UrlDecode(field[1]));

    private static string? Wrong(ArrivedRequest request)
    {
        if (request.Method != "POST" || request.Header("content-type") != "application/x-www-form-urlencoded")
            return "not a form";
        if (request.Header("authorization") != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("AC1:right"))}")
            return "wrong account or token";
        var form = Form(request);
        return !form.Keys.Order().SequenceEqual(["Body", "From", "To"]) ? "wrong fields"
            : form["To"] != "+4915112345678" || form["From"] != "+15005550006" ? "wrong numbers"
            : form["Body"].Length == 0 || !SmsText.Fits(form["Body"]) ? "too long"
            : null;
    }
}
