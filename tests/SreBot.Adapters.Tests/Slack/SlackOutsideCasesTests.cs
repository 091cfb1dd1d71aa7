using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Cases from outside the repository: <c>SREBOT_CASES</c> names the folder that holds <c>slack-signatures.json</c>.</summary>
public sealed class SlackOutsideCasesTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SREBOT_CASES");

    [Fact]
    public async Task Every_outside_case_is_judged_as_it_wants()
    {
        var file = Folder is null ? null : Path.Combine(Folder, "slack-signatures.json");
        Assert.SkipUnless(File.Exists(file), "SREBOT_CASES does not name a folder with slack-signatures.json.");
        using var cases = JsonDocument.Parse(await File.ReadAllBytesAsync(file!, TestContext.Current.CancellationToken));
        var time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(cases.RootElement.GetProperty("now").GetInt64()));
        var secret = cases.RootElement.GetProperty("signingSecret").GetString()!;

        var wrong = new List<string>();
        foreach (var item in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            // A host for each case: a replayed request is a case of its own.
            await using var host = await SlackHost.StartAsync("https://127.0.0.1:9/api/", time, secret: secret);
            var status = await SendAsync(host, item.GetProperty("request"));
            var verdict = status is < 200 or > 299 ? "reject" : "accept";
            var want = item.GetProperty("want").GetString()!;
            if (want != "either" && !want.StartsWith(verdict, StringComparison.Ordinal))
                wrong.Add($"{item.GetProperty("name")}: wanted {want}, got {status}");
            if (want is "reject" or "accept-no-dispatch" && host.Turns.Deliveries > 0)
                wrong.Add($"{item.GetProperty("name")}: reached the handler");
        }

        Assert.Empty(wrong);
    }

    private static async Task<int> SendAsync(SlackHost host, JsonElement request)
    {
        var body = request.GetProperty("bodyBase64").GetString() is { } encoded ? Convert.FromBase64String(encoded) : new byte[request.GetProperty("bodyLength").GetInt32()];
        var headers = request.GetProperty("headers").EnumerateArray().Select(header => (header[0].GetString()!, header[1].GetString()!));
        return (await RawHttp.PostAsync(host.Address, request.GetProperty("path").GetString()!, request.GetProperty("contentType").GetString()!, headers, body)).Status;
    }
}
