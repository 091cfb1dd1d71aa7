using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Telemetry;

/// <summary>The front must be a ClickHouse to others too, or the HTTP transport's tests prove nothing.</summary>
public sealed class ClickHouseHttpFrontTests(TelemetryFixture telemetry) : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private ClickHouseHttpFront front = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => front = await ClickHouseHttpFront.StartAsync(settings => telemetry.Connect(settings));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await front.DisposeAsync();
    }

    private static readonly NodePeer Peer = new("@clickhouse/client");

    [Fact]
    public async Task The_official_client_works_against_it()
    {
        var database = await telemetry.NewDatabaseAsync();

        var lines = await Peer.RunAsync("check.mjs", front.Address, ClickHouseHttpFront.User, ClickHouseHttpFront.Password, database);

        Assert.Equal(
            [
                "ping true",
                "inserted true",
                """rows [{"id":1,"name":"it's \\ ☕","tags":["a","b'c"],"at":"2026-03-01 10:00:00.123"}]""",
                "encoding \"JSONEachRow\"",
                """json [{"n":2}]""",
                "streamed 50000",
                """syntax {"code":"62","type":"SYNTAX_ERROR"}""",
                """table {"code":"60","type":"UNKNOWN_TABLE"}""",
                """limit {"code":"396","type":"TOO_MANY_ROWS_OR_BYTES"}""",
                """readonly {"code":"164","type":"READONLY"}""",
                """password {"code":"516","type":"AUTHENTICATION_FAILED"}""",
            ],
            lines);
        await telemetry.Store.DropAsync(database, Cancel);
    }

    [Fact]
    public async Task The_official_client_sees_an_error_in_mid_stream()
    {
        front.Faults.Enqueue(FrontFault.ErrorInMidStream);

        var lines = await Peer.RunAsync("broken.mjs", front.Address, ClickHouseHttpFront.User, ClickHouseHttpFront.Password);

        Assert.Equal(["error 395 FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"], lines);
    }

    [Fact]
    public async Task A_query_may_stand_in_the_address_or_the_body()
    {
        Assert.Equal("7\n", await (await SendAsync("/?query=SELECT+%7Bn:UInt8%7D&param_n=7", null)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal("{\"n\":7}\n", await (await SendAsync("/?default_format=JSONEachRow", "SELECT 7 AS n")).Content.ReadAsStringAsync(Cancel));

        var named = await SendAsync("/?default_format=JSONEachRow", "SELECT 7 AS n FORMAT CSV");
        Assert.Equal("7\n", await named.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("CSV", Assert.Single(named.Headers.GetValues("X-ClickHouse-Format")));
    }

    [Fact]
    public async Task The_summary_counts_what_was_read()
    {
        var database = await telemetry.NewDatabaseAsync();
        await telemetry.Store.InsertAsync(database, SreBot.Telemetry.TelemetryTable.Request, Requests.Seconds(123), "a", Cancel);

        var answer = await SendAsync($"/?database={database}", "SELECT sum(execution_time) FROM request");

        Assert.Contains("\"read_rows\":\"123\"", Assert.Single(answer.Headers.GetValues("X-ClickHouse-Summary")), StringComparison.Ordinal);
        await telemetry.Store.DropAsync(database, Cancel);
    }

    [Fact]
    public async Task Errors_carry_their_code_and_a_stranger_is_asked_for_a_password()
    {
        var wrong = await SendAsync("/", "SELEC 1");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("62", Assert.Single(wrong.Headers.GetValues("X-ClickHouse-Exception-Code")));

        var stranger = await client.PostAsync(new Uri(front.Address), new StringContent("SELECT 1"), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal("Basic", Assert.Single(stranger.Headers.WwwAuthenticate).Scheme);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? body)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, front.Address + path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClickHouseHttpFront.User}:{ClickHouseHttpFront.Password}")));
        return await client.SendAsync(request, Cancel);
    }
}
