using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Delivery.Mail;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Delivery;

/// <summary>Against a mail server from npm; what arrived is read by another's parser.</summary>
public sealed class EmailNotifierTests(PostgresFixture postgres)
{
    private const string Target = "email:ops@example.org";

    [Fact]
    public async Task The_mails_of_an_incident_are_one_thread_as_html_and_as_text()
    {
        using var peer = await SmtpPeer.StartAsync("starttls");
        var house = await HouseAsync(peer, Secure(peer));
        const string Title = "Fehlerquote größer als 5 % für „checkout“ – und zwar deutlich, seit der letzten Auslieferung von v42 um 03:12 Uhr 🚨";
        string[] events = ["opened", "diagnosed", "acknowledged", "snoozed", "changed", "repeated", "resolved", "kept"];
        for (var i = 0; i < events.Length; i++)
        {
            await house.TellAsync(Target, events[i], i + 1, Title, message: Message);
        }

        await house.DeliverAsync();

        var mails = peer.Mails;
        Assert.Equal([$"[INC-42] {Title}", .. Enumerable.Repeat($"Re: [INC-42] {Title}", 5)], mails.Select(mail => mail.Subject));
        Assert.All(mails, mail => Assert.Empty(mail.Faults));
        Assert.All(mails, mail => Assert.Equal((true, "bot", "\"SreBot größer\" <srebot@example.org>", "ops@example.org"), (mail.IsSecure, mail.User, mail.From, mail.Recipient)));
        Assert.Equal(mails.Count, mails.Select(mail => mail.Id).Distinct().Count());
        Assert.All(mails.Skip(1), mail => Assert.Equal((mails[0].Id, mails[0].Id), (mail.Answers, Assert.Single(mail.References))));
        Assert.Equal(("", 0), (mails[0].Answers, mails[0].References.Length));
        Assert.All(await house.RowsAsync(), row => Assert.EndsWith("done", row, StringComparison.Ordinal));

        var first = mails[0];
        Assert.Contains("Fehlerquote in Project_1", first.Text, StringComparison.Ordinal);
        Assert.Contains("Open in SreBot <https://srebot.example/incidents/INC-42>", first.Text, StringComparison.Ordinal);
        Assert.Contains("Server_9   84 ms", first.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", first.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://srebot.example/incidents/INC-42\"", first.Html, StringComparison.Ordinal);
        var picture = Assert.Single(first.Pictures);
        Assert.Equal(("image/png", true), (picture.Type, picture.IsPng));
        Assert.Contains($"src=\"cid:{picture.Id}\" alt=\"The error rate rose to 7 %.\"", first.Html, StringComparison.Ordinal);
        Assert.Contains("It is resolved.", mails[4].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_title_becomes_a_header_or_ends_the_mail()
    {
        using var peer = await SmtpPeer.StartAsync("plain");
        var house = await HouseAsync(peer, Plain(peer));
        const string Title = "a\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<evil@example.org>";

        await house.TellAsync(Target, "opened", 1, Title, message: ChatReply.Of(".\n..\n.hidden\n" + new string('x', 3000)));
        await house.DeliverAsync();

        var mail = Assert.Single(peer.Mails);
        Assert.DoesNotContain("bcc", mail.Headers);
        Assert.Empty(mail.Faults);
        Assert.Equal("[INC-42] a Bcc: all@example.org  . MAIL FROM:<evil@example.org>", mail.Subject);
        Assert.Equal(["from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"], mail.Headers);
        Assert.Contains(". .. .hidden " + new string('x', 3000), mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_start_with_a_dot_arrive_as_they_were()
    {
        using var peer = await SmtpPeer.StartAsync("plain");
        var (session, _) = await SmtpSession.OpenAsync(Plain(peer), TestContext.Current.CancellationToken);

        using (session)
        {
            var reply = await session!.SendAsync("srebot@example.org", "ops@example.org",
                "From: <srebot@example.org>\r\nTo: <ops@example.org>\r\nSubject: dots\r\n\r\n.\r\n..two\r\nend"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.True(reply.IsGood, reply.Text);
        }

        Assert.Equal(".\n..two\nend", Assert.Single(peer.Mails).Text.TrimEnd('\n'));
    }

    [Fact]
    public async Task A_mail_that_may_have_arrived_is_sent_again_as_the_same_mail()
    {
        using var peer = await SmtpPeer.StartAsync("plain");
        var house = await HouseAsync(peer, Plain(peer), "drop@example.org");
        await house.TellAsync("email:drop@example.org", "opened", 1);
        await house.DeliverAsync();
        Assert.Equal(["incident:42 1 waiting"], await house.RowsAsync());

        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync();

        Assert.Equal(["incident:42 1 done"], await house.RowsAsync());
        Assert.Equal(2, peer.Mails.Count);
        Assert.Single(peer.Mails.Select(mail => mail with { References = [], Headers = [], Faults = [], Pictures = [] }).Distinct());
    }

    [Fact]
    public async Task Later_is_tried_again_and_never_is_dead_with_the_servers_own_words()
    {
        using var peer = await SmtpPeer.StartAsync("plain");
        var house = await HouseAsync(peer, Plain(peer), "later@example.org", "nobody@example.org", "full@example.org");
        foreach (var name in new[] { "later", "nobody", "full" })
        {
            await house.TellAsync($"email:{name}@example.org", "opened", 1);
        }

        await house.DeliverAsync();
        Assert.Equal(
            [
                "waiting The mail server wants it later: 451 Greylisted, come back later",
                "dead The mail server refused it: 550 There is nobody of that name here",
                "dead The mail server refused it: 552 That mail is too large",
            ],
            await house.QueryAsync<string>("SELECT status || ' ' || last_error FROM outbox ORDER BY id"));

        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync();
        Assert.Equal("later@example.org", Assert.Single(peer.Mails).Recipient);
    }

    [Theory]
    [InlineData("wrong", true, "does not take the user bot with that password")]
    [InlineData("right", false, "is not trusted")]
    public async Task A_server_that_does_not_take_SreBot_in_gets_the_mail_later(string password, bool isTrusted, string why)
    {
        using var peer = await SmtpPeer.StartAsync("tls");
        var options = Secure(peer);
        (options.ImplicitTls, options.Password, options.TrustFile) = (true, password, isTrusted ? options.TrustFile : null);
        var house = await HouseAsync(peer, options);
        await house.TellAsync(Target, "opened", 1);

        await house.DeliverAsync();
        Assert.Contains(why, Assert.Single(await house.QueryAsync<string>("SELECT last_error FROM outbox WHERE status = 'waiting'")), StringComparison.Ordinal);
        Assert.Empty(peer.Mails);

        (options.Password, options.TrustFile) = ("right", peer.Certificate);
        house.Time.Advance(TimeSpan.FromSeconds(2));
        await house.DeliverAsync();
        Assert.Equal(("bot", true), (Assert.Single(peer.Mails).User, peer.Mails[0].IsSecure));
    }

    private static ChatReply Message => new()
    {
        Summary = "Fehlerquote in Project_1",
        Blocks =
        [
            new ReplySection { Paragraphs = ["It began with <script>alert(1)</script>.", ReplyText.Of("See ", ReplyRun.Link("the steps", "/investigations/1"))] },
            new ReplyTable("Worst servers", ["Server", "p95"], [["Server_9", "84 ms"], ["Server_10", "7 ms"]], [1]),
            new ReplyChart("Error rate", "%", "The error rate rose to 7 %.", [new ReplySeries("now", [new(OutboxHouse.Start, 1), new(OutboxHouse.Start.AddMinutes(1), 7)])]),
            new ReplyButtons([new ReplyButton("Acknowledge", "incident.acknowledge", "42")]),
        ],
    };

    private static SmtpOptions Plain(SmtpPeer peer) => new() { Host = "127.0.0.1", Port = peer.Port, AllowPlain = true, From = "srebot@example.org" };

    private static SmtpOptions Secure(SmtpPeer peer) =>
        new() { Host = "localhost", Port = peer.Port, User = "bot", Password = "right", From = "SreBot größer <srebot@example.org>", TrustFile = peer.Certificate };

    private async Task<OutboxHouse> HouseAsync(SmtpPeer peer, SmtpOptions options, params string[] addresses)
    {
        var house = await OutboxHouse.NewAsync(postgres);
        var services = new ServiceCollection().AddSingleton<IChartPainter, OnePixel>().BuildServiceProvider();
        house.Notifiers.Add(new EmailNotifier(new PostedMessages(house.Postgres), Options.Create(options), services, OutboxHouse.Links, NullLogger<EmailNotifier>.Instance));
        foreach (var address in addresses is [] ? ["ops@example.org"] : addresses)
        {
            await house.ReceiverAsync($"email {address}");
        }

        return house;
    }

    /// <summary>The smallest PNG: what a chart looks like is another test's.</summary>
    private sealed class OnePixel : IChartPainter
    {
        private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

        public byte[] PaintPng(ReplyChart chart) => Png;

        public byte[] PaintPng(ReplyBars bars) => Png;
    }
}
