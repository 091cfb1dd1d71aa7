using Microsoft.Playwright;
using SreBot.Adapters.Chat;
using static Microsoft.Playwright.Assertions;

namespace SreBot.Adapters.Tests.Web;

/// <summary>The page in a real browser, against a real host.</summary>
public sealed class ConsolePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly ChatAddress Channel = new("web", "demo", "incidents");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offers_first_questions_and_asks_one_with_a_click()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);

        await Expect(console.Page.Locator(".question")).ToHaveCountAsync(3);
        await Expect(console.Page.Locator("#demo")).ToBeVisibleAsync();
        await console.KeepAsync("empty");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Which servers are slowest right now?" }).ClickAsync();

        Assert.Equal("Which servers are slowest right now?", (await host.Turns.NextAsync()).Text);
        await Expect(console.Page.Locator("#empty")).ToBeHiddenAsync();
        console.HasNoFaults();
    }

    [Fact]
    public async Task Shows_the_work_and_then_the_answer_with_its_table_and_chart()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);
        await Expect(console.Page.Locator("#live-text")).ToHaveTextAsync("Live");

        await console.SayAsync("@sre-bot why is INC-1 slow?");
        var turn = await host.Turns.NextAsync();
        await host.Poster.ShowProgressAsync(turn.Address, "Reading Server_9", Cancel);
        await Expect(console.Page.Locator(".work")).ToHaveTextAsync("Reading Server_9");
        await console.KeepAsync("work");
        await host.Poster.PostAsync(turn.Address, RichReplies.Answer(), "answer", Cancel);

        var answer = console.Message("Server_9 is the cause of INC-1");
        await Expect(answer.Locator(".bullets").First.Locator("li")).ToHaveCountAsync(4);
        await Expect(answer.Locator("tbody tr")).ToHaveCountAsync(6);
        await Expect(answer.Locator("tbody tr").First.Locator("td.num")).ToHaveTextAsync(["41.3 ms", "12.1 ms", "12.4 ms", "3.4 ×"]);
        await Expect(answer.GetByRole(AriaRole.Img, new() { Name = RichReplies.Chart().AlternativeText })).ToBeVisibleAsync();
        await Expect(answer.Locator(".note a")).ToHaveAttributeAsync("href", "/investigations/17");
        await Expect(console.Page.Locator(".work")).ToBeHiddenAsync();
        await Expect(console.Page.Locator(".message")).ToHaveCountAsync(2); // the question is not shown twice
        Assert.True(await InkAsync(console, RichReplies.Chart().AlternativeText) > 1_000, "The chart must have drawn its line.");
        console.HasNoFaults();
    }

    // How many pixels of the chart have a saturated colour: the axes are grey.
    private static async Task<int> InkAsync(ConsolePage console, string name)
    {
        await console.Page.GetByRole(AriaRole.Img, new() { Name = name }).Locator("canvas").WaitForAsync();
        return await console.Page.EvaluateAsync<int>("""
            () => {
              const canvas = document.querySelector(".plot canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let ink = 0;
              for (let at = 0; at < data.length; at += 4)
                if (data[at + 3] > 200 && Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]) > 80) ink++;
              return ink;
            }
            """);
    }

    [Fact]
    public async Task Names_times_and_values_under_the_pointer()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.Poster.PostAsync(Channel, new ChatReply { Summary = "chart", Blocks = [RichReplies.Chart()] }, "chart", Cancel);
        await using var console = await chromium.OpenAsync(host.Address);
        await console.Page.Locator(".plot canvas").WaitForAsync();

        await console.Page.Locator(".plot").HoverAsync(new() { Position = new() { X = 600, Y = 120 } });

        await Expect(console.Page.Locator(".tip-time")).ToContainTextAsync("UTC");
        await Expect(console.Page.Locator(".tip dt").First).ToHaveTextAsync("Server_9");
        await Expect(console.Page.Locator(".tip dt").Last).ToHaveTextAsync("usual range");
        await Expect(console.Page.Locator(".tip dd").Last).ToHaveTextAsync("8.4 to 14.1 ms");
        await console.KeepAsync("tooltip");
        console.HasNoFaults();
    }

    [Fact]
    public async Task Draws_the_band_where_it_lies_and_leaves_its_gap_free()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);
        var chart = RichReplies.Chart() with { Threshold = null, Highlight = null, Series = [new("flat", [.. RichReplies.Chart().Series[0].Points.Select(point => point with { Value = 30 })])] };
        await host.Poster.PostAsync(Channel, new ChatReply { Summary = "chart", Blocks = [chart] }, "chart", Cancel);
        await console.Page.Locator(".plot canvas").WaitForAsync();
        await Expect(console.Page.Locator(".legend")).ToContainTextAsync("usual range");

        // How much of the picture's height the band takes before its gap, which lies at 20 to 27 % of its width, in it, and behind it.
        var shares = await console.Page.EvaluateAsync<double[]>("""
            () => {
              const canvas = document.querySelector(".plot canvas");
              const probe = document.createElement("i");
              probe.style.color = "var(--series-band)";
              document.body.append(probe);
              const want = getComputedStyle(probe).color.match(/\d+/g).map(Number);
              probe.remove();
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const share = x => {
                let hits = 0;
                for (let at = 4 * Math.round(x * canvas.width); at < data.length; at += 4 * canvas.width)
                  if (data[at + 3] > 200 && [0, 1, 2].every(i => Math.abs(data[at + i] - want[i]) < 6)) hits++;
                return hits / canvas.height;
              };
              return [share(.1), share(.25), share(.7)];
            }
            """);

        Assert.InRange(shares[0], 0.08, 0.25); // 5.7 of the 30 to 40 on the axis
        Assert.InRange(shares[1], 0, 0.02);
        Assert.Equal(shares[0], shares[2], 0.02);
        console.HasNoFaults();
    }

    [Fact]
    public async Task Draws_bars_and_says_them_in_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);
        await host.Poster.PostAsync(Channel, new ChatReply { Summary = "bars", Blocks = [RichReplies.Bars()] }, "bars", Cancel);

        await Expect(console.Page.GetByRole(AriaRole.Img, new() { Name = RichReplies.Bars().AlternativeText })).ToBeVisibleAsync();
        await Expect(console.Page.Locator("figcaption")).ToContainTextAsync(RichReplies.Bars().Title);
        Assert.True(await InkAsync(console, RichReplies.Bars().AlternativeText) > 1_000, "The bars must be drawn.");
        await console.KeepAsync("bars");
        console.HasNoFaults();
    }

    [Fact]
    public async Task Keeps_markup_in_bars_inert_and_says_when_there_are_none()
    {
        const string Markup = "<img src=x onerror=\"window.broken = true\">{a|b}";
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);
        await host.Poster.PostAsync(Channel, new ChatReply { Summary = "bars", Blocks = [new ReplyBars(Markup, Markup, Markup, [new(Markup, 3, Markup), new("nothing", double.NaN, Markup)])] }, "bars", Cancel);
        await console.Page.Locator(".plot canvas").WaitForAsync();
        await host.Poster.PostAsync(Channel, new ChatReply { Summary = "none", Blocks = [new ReplyBars("None", "%", "No bars.", [])] }, "none", Cancel);

        await Expect(console.Page.Locator(".plot-empty")).ToHaveTextAsync("Nothing to compare");
        Assert.Equal(0, await console.Page.Locator("img[src=x]").CountAsync());
        Assert.False(await console.Page.EvaluateAsync<bool>("() => Boolean(window.broken)"));
        console.HasNoFaults();
    }

    [Fact]
    public async Task Edits_a_message_where_it_stands_and_marks_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        var posted = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(Channel, RichReplies.Notice("triggered"), "notice", Cancel));
        await using var console = await chromium.OpenAsync(host.Address);
        await Expect(console.Message("triggered")).ToBeVisibleAsync();

        await host.Poster.UpdateAsync(Channel, posted.MessageId, RichReplies.Notice("resolved"), Cancel);
        await host.Poster.PostAsync(Channel with { Thread = posted.MessageId }, ChatReply.Of("Resolved after 4 minutes."), "reply", Cancel);

        await Expect(console.Message("INC-1 · Latency above 20 ms · resolved").Locator(".edited")).ToBeVisibleAsync();
        await Expect(console.Message("triggered")).ToHaveCountAsync(0);
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "1 reply" }).ClickAsync();
        await Expect(console.Message("Resolved after 4 minutes.")).ToBeVisibleAsync();
        console.HasNoFaults();
    }

    [Fact]
    public async Task Disables_a_clicked_button_while_it_runs_and_shows_its_answer_to_that_person()
    {
        await using var host = await ConsoleHost.StartAsync();
        var clicked = new TaskCompletionSource<ChatTurn>();
        var answer = new TaskCompletionSource<ChatReply>();
        host.Turns.Answer = turn =>
        {
            clicked.SetResult(turn);
            return answer.Task;
        };
        await host.Poster.PostAsync(Channel, RichReplies.Notice("triggered"), "notice", Cancel);
        await using var console = await chromium.OpenAsync(host.Address);
        var button = console.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" });

        await button.ClickAsync();
        Assert.Equal(new ChatAction("acknowledge", "1"), (await clicked.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Action);
        await Expect(button).ToBeDisabledAsync();
        answer.SetResult(ChatReply.Of("INC-1 is acknowledged."));

        await Expect(button).ToBeEnabledAsync();
        await Expect(console.Message("INC-1 is acknowledged.").Locator(".only-you")).ToBeVisibleAsync();
        await console.KeepAsync("clicked");
        console.HasNoFaults();
    }

    [Fact]
    public async Task Follows_up_in_the_thread()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var console = await chromium.OpenAsync(host.Address);
        await console.SayAsync("why is INC-1 slow?");
        var turn = await host.Turns.NextAsync();
        await host.Poster.PostAsync(turn.Address, ChatReply.Of("Server_9."), "answer", Cancel);
        await Expect(console.Message("Server_9.")).ToBeVisibleAsync();

        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await console.Page.GetByLabel("Reply in this thread").FillAsync("since when?");
        await console.Page.GetByLabel("Reply in this thread").PressAsync("Enter");

        var followUp = await host.Turns.NextAsync();
        Assert.Equal(("since when?", turn.Address), (followUp.Text, followUp.Address));
        await Expect(console.Page.Locator(".thread")).ToHaveCountAsync(1);
        await Expect(console.Page.Locator(".thread-replies .message")).ToHaveCountAsync(2);
        console.HasNoFaults();
    }

    [Fact]
    public async Task Keeps_markup_that_arrives_as_text_inert()
    {
        const string Markup = "<img src=x onerror=\"window.broken = true\"><script>window.broken = true</script>";
        await using var host = await ConsoleHost.StartAsync();
        var chart = new ReplyChart(Markup, Markup, Markup, [new(Markup, [new(RichReplies.Start, 1), new(RichReplies.Start.AddHours(1), 2)]), new(Markup + "2", [new(RichReplies.Start, 2)], true)])
        {
            Threshold = 1.5,
            Highlight = new(RichReplies.Start, RichReplies.Start.AddMinutes(30), Markup),
        };
        await host.Poster.PostAsync(Channel, new ChatReply
        {
            Summary = Markup,
            Blocks =
            [
                new ReplySection { Title = Markup, Paragraphs = [ReplyText.Of(Markup, ReplyRun.Strong(Markup), ReplyRun.Code(Markup), ReplyRun.Link(Markup, "javascript:window.broken = true"), ReplyRun.Link(Markup, "//evil.example"))], Bullets = [Markup] },
                new ReplyTable(Markup, [Markup], [[Markup]], []),
                chart,
                new ReplyButtons([new(Markup, "x", Markup), new("open", "x", "", Url: "javascript:window.broken = true")]),
                new ReplyFile(Markup, "text/html", new byte[] { 1 }),
            ],
        }, "markup", Cancel);
        await using var console = await chromium.OpenAsync(host.Address);
        await console.SayAsync(Markup);
        await console.Page.Locator(".plot canvas").WaitForAsync();
        await console.Page.Locator(".plot").HoverAsync(new() { Position = new() { X = 300, Y = 120 } });
        await Expect(console.Page.Locator(".tip dt").First).ToHaveTextAsync(Markup);

        await Expect(console.Message(Markup)).ToHaveCountAsync(2);
        await console.KeepAsync("markup");
        Assert.Equal(0, await console.Page.Locator("img[src=x], .reply script, .reply a").CountAsync());
        Assert.False(await console.Page.EvaluateAsync<bool>("() => Boolean(window.broken)"));
        console.HasNoFaults();
    }

    [Fact]
    public async Task Fits_a_phone_without_scrolling_sideways()
    {
        await using var host = await ConsoleHost.StartAsync();
        await FillAsync(host);
        await using var console = await chromium.OpenAsync(host.Address, 380, 780);
        await Expect(console.Message("Server_9 is the cause of INC-1")).ToBeVisibleAsync();
        await console.KeepAsync("phone");

        var overflow = await console.Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.getElementById('scroll').scrollWidth) - innerWidth");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Channels" }).ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Link, new() { Name = "checkout" })).ToBeVisibleAsync();

        Assert.True(overflow <= 0, $"{overflow} px too wide");
        console.HasNoFaults();
    }

    [Fact]
    public async Task Follows_the_systems_dark_theme_and_remembers_another_choice()
    {
        await using var host = await ConsoleHost.StartAsync();
        await FillAsync(host);
        await using var console = await chromium.OpenAsync(host.Address, scheme: ColorScheme.Dark);
        await console.KeepAsync("dark");
        Assert.True(await BrightnessAsync(console) < 60);

        await console.Page.GetByRole(AriaRole.Radio, new() { Name = "Light" }).ClickAsync();
        Assert.True(await BrightnessAsync(console) > 200);
        await console.Page.ReloadAsync();

        Assert.True(await BrightnessAsync(console) > 200);
        await Expect(console.Page.GetByRole(AriaRole.Radio, new() { Name = "Light" })).ToBeCheckedAsync();
        console.HasNoFaults();
    }

    private static Task<int> BrightnessAsync(ConsolePage console) =>
        console.Page.EvaluateAsync<int>("() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");

    [Fact]
    public async Task Says_that_the_connection_is_lost_and_shows_what_was_missed()
    {
        var host = await ConsoleHost.StartAsync();
        var (store, address) = (host.Store, host.Address);
        await host.Poster.PostAsync(Channel, ChatReply.Of("before"), "1", Cancel);
        await using var console = await chromium.OpenAsync(address);
        await Expect(console.Page.Locator("#live-text")).ToHaveTextAsync("Live");
        await host.DisposeAsync();
        await Expect(console.Page.Locator("#banner")).ToBeVisibleAsync();

        await using var next = await ConsoleHost.StartAsync(address.Port, store);
        await next.Poster.PostAsync(Channel, ChatReply.Of("after"), "2", Cancel);

        await Expect(console.Message("after")).ToBeVisibleAsync();
        await Expect(console.Page.Locator("#banner")).ToBeHiddenAsync();
        await Expect(console.Message("before")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Asks_for_a_token_where_there_is_no_demo()
    {
        await using var host = await ConsoleHost.StartAsync();
        host.SignIn.HasDemo = false;
        await using var console = await chromium.OpenAsync(host.Address);

        await console.KeepAsync("sign-in");
        await console.Page.GetByLabel("Access token").FillAsync("token-of-ana");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(console.Page.Locator("#organization")).ToHaveTextAsync("Acme");
        await Expect(console.Page.Locator("#channel")).ToHaveTextAsync("operations");
        await Expect(console.Page.Locator("#demo")).ToBeHiddenAsync();
        console.HasNoFaults();
    }

    [Fact]
    public async Task Shows_a_conversation_in_the_light_theme()
    {
        await using var host = await ConsoleHost.StartAsync();
        await FillAsync(host);
        await using var console = await chromium.OpenAsync(host.Address);
        await console.KeepAsync("light");
        await console.Page.SetViewportSizeAsync(1280, 1900);
        await console.KeepAsync("whole");

        await Expect(console.Page.Locator(".thread")).ToHaveCountAsync(3);
        Assert.True(await console.Page.Locator(".said", new() { HasText = "why is INC-1 slow?" }).EvaluateAsync<bool>(
            "node => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"), "The newest question must be in sight above its answer.");
        console.HasNoFaults();
    }

    private static async Task FillAsync(ConsoleHost host)
    {
        var visitor = MemorySignIn.Demo.User;
        var first = await host.Store.AddAsync(new("demo", "incidents", null, null, visitor.Name!, false, "/sre-alert list", null, null), Cancel);
        await host.Poster.PostAsync(Channel with { Thread = $"{first.Id}" }, ChatReply.Of("3 rules watch Project_1, Project_2 and Project_3; none is muted."), "list", Cancel);
        var notice = Assert.IsType<PostOutcome.Posted>(await host.Poster.PostAsync(Channel, RichReplies.Notice("triggered"), "notice", Cancel));
        await host.Poster.PostAsync(Channel with { Thread = notice.MessageId }, ChatReply.Of("Still above the threshold after 5 minutes."), "still", Cancel);
        await host.Poster.UpdateAsync(Channel, notice.MessageId, RichReplies.Notice("acknowledged by Guest"), Cancel);
        var question = await host.Store.AddAsync(new("demo", "incidents", null, null, visitor.Name!, false, "@sre-bot why is INC-1 slow?", null, null), Cancel);
        await host.Poster.PostAsync(Channel with { Thread = $"{question.Id}" }, RichReplies.Answer(), "answer", Cancel);
    }
}
