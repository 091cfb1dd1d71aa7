using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;

namespace SreBot.Tests.Scenario;

/// <summary>SreBot as a user starts it: a process of its own with its own engines.</summary>
internal sealed class SreBotProcess : IAsyncDisposable
{
    /// <summary>The bound of a failure; what is waited for comes in seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> errors = [];

    private SreBotProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = new("http://unknown/");

    /// <summary>Said at the first start alone.</summary>
    public string? AdminToken { get; private set; }

    public int Id => process.Id;

    public HttpClient Http { get; } = new() { Timeout = Patience };

    public static async Task<SreBotProcess> StartAsync(string dataFolder, IReadOnlyDictionary<string, string>? settings = null, string urls = "http://127.0.0.1:0")
    {
        var server = new SreBotProcess(Launch(["--data", dataFolder, "--urls", urls], settings));
        server.process.OutputDataReceived += (_, line) => server.Heard(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Complained(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.ReadyAsync();
        return server;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments, null);
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    public async Task<string> AskAsync(string question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/sre_query")) { Content = JsonContent.Create(new { body = new { input = new { question } } }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("answer").GetString()!;
    }

    /// <summary>As the power cut does: the process gets no word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            await terminate.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(patience.Token);
        }

        process.Dispose();
    }

    private static Process Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SreBot.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(patience.Token))
            {
                if (line.StartsWith("SreBot is ready: ", StringComparison.Ordinal))
                {
                    Address = new Uri(line["SreBot is ready: ".Length..]);
                    return;
                }

                if (line.StartsWith("Admin token, shown this once: ", StringComparison.Ordinal))
                {
                    AdminToken = line["Admin token, shown this once: ".Length..];
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Said below.
        }

        throw new InvalidOperationException($"SreBot did not start: {string.Join('\n', errors)}");
    }

    private void Heard(string? line)
    {
        if (line is null)
        {
            lines.Writer.TryComplete();
        }
        else
        {
            lines.Writer.TryWrite(line);
        }
    }

    private void Complained(string? line)
    {
        if (line is not null)
        {
            errors.Add(line);
        }
    }
}
