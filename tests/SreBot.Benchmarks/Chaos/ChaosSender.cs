using System.Net.Http.Headers;
using System.Text;

namespace SreBot.Benchmarks.Chaos;

/// <summary>Sends batches of telemetry until they are taken: the same again, by the same name, to whichever server takes them.</summary>
internal sealed class ChaosSender(IReadOnlyList<ChaosServer> servers, string token) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // on a crowded machine SreBot may be killed many times before it takes one
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(3) };
    private int turn;

    /// <summary>Batches that had to be sent more than once.</summary>
    public int Repeats { get; private set; }

    public async Task SendAsync(string name, IEnumerable<ChaosRequest> requests)
    {
        var body = Encoding.UTF8.GetBytes(string.Join('\n', requests.Select(request => request.Line)));
        var start = TimeProvider.System.GetTimestamp();
        var why = await TrySendAsync(name, body);
        Repeats += why.Length > 0 ? 1 : 0;
        while (why.Length > 0)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new InvalidOperationException($"The telemetry {name} was not taken: {why}");

            turn++;
            await Task.Delay(Pause, TimeProvider.System);
            why = await TrySendAsync(name, body);
        }
    }

    public void Dispose() => http.Dispose();

    /// <returns>Why not; empty: it was taken.</returns>
    private async Task<string> TrySendAsync(string name, byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(servers[turn % servers.Count].Address, "/ingest")) { Content = content, Headers = { { "Idempotency-Key", $"chaos-{name}" } } };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? "" : $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return error.Message;
        }
    }
}
