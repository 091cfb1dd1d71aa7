using System.Net;
using System.Text;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Telemetry.Sources;
using SreBot.Tests.Telemetry;

namespace SreBot.Tests.Scenario;

/// <summary>SreBot as an operator sets it beside a Collector that fills a ClickHouse already.</summary>
public sealed class SourceScenarioTests(TelemetryFixture telemetry)
{
    [Fact]
    public async Task Answers_from_a_server_that_it_only_reads()
    {
        await using var house = await SourceHouse.NewAsync(telemetry);
        var now = house.Time.GetUtcNow();
        foreach (var (service, milliseconds) in new[] { ("shop", 20.0), ("pay", 90.0) })
        {
            await house.ExecuteAsync(OtelTable.Span(house.Otel, now.AddMinutes(-5), milliseconds, "Webshop", service, "GET /", $"t{service}", $"s{service}"));
        }

        using var folder = new TempFolder();
        await using var server = await SreBotProcess.StartAsync(folder.Path, new Dictionary<string, string>
        {
            ["Telemetry__Endpoint"] = house.Front.Address, ["Telemetry__User"] = ClickHouseHttpFront.User, ["Telemetry__Password"] = ClickHouseHttpFront.Password,
            ["Telemetry__Source__Mode"] = "read-only", ["Telemetry__Source__Table"] = $"{house.Otel}.otel_traces", ["Telemetry__Source__Preset"] = "otel_traces",
            ["Telemetry__Source__Columns__platform"] = "'web'",
        });

        await Waiting.UntilAsync("an answer from the spans", async () => (await server.AskAsync("which service is the slowest in the last hour?")).Contains("pay has the highest mean latency", StringComparison.Ordinal));

        Assert.Contains("90 ms", await server.AskAsync("latency max where platform = web in the last hour"), StringComparison.Ordinal);
        Assert.Contains("is not recorded by this source", await server.AskAsync("cpu in the last hour"), StringComparison.Ordinal);
        using var sent = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/ingest")) { Content = new StringContent("not read", Encoding.UTF8, "application/x-ndjson") };
        sent.Headers.Authorization = new("Bearer", server.AdminToken);
        using var refused = await server.Http.SendAsync(sent, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("only reads this ClickHouse", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.All(house.Front.Statements, sql => Assert.Matches(@"\A[\s(]*(SELECT|WITH|DESCRIBE)\b", sql));
    }
}
