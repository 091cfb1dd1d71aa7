using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>local-slack, from npm, as a child process: a Slack workspace that knows nothing of this project. It listens while a test runs, with made-up tokens.</summary>
internal sealed class LocalSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-test-token";
    public const string AppToken = "xapp-test-token";
    public const string SigningSecret = "test-signing-secret";

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private LocalSlack(Process process, string folder, Uri address)
    {
        (_process, _folder, Address) = (process, folder, address);
        _http = new() { BaseAddress = address };
    }

    public Uri Address { get; }
    public string ApiBase => $"{Address}api/";

    /// <summary>It is built for Linux on x64; anywhere else the test is skipped, except under CI.</summary>
    public static bool IsAvailable => Environment.GetEnvironmentVariable("CI") is not null || (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64);

    /// <param name="requestUrl">Where it delivers events; null for Socket Mode.</param>
    public static async Task<LocalSlack> StartAsync(Uri? requestUrl)
    {
        var binary = await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("local-slack-").FullName;
        var config = Path.Combine(folder, "workspace.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            workspace = new { name = "Test", domain = "test", teamId = "T01TEST" },
            app = new { appId = "A01", botUserId = "U0BOT", botName = "bot", botToken = BotToken, appToken = AppToken, signingSecret = SigningSecret, mode = requestUrl is null ? "socket" : "events", requestUrl },
            users = new[] { new { id = "U01", name = "ann", real_name = "Ann", email = "ann@example.com" } },
            channels = new[] { new { id = "C01", name = "general", members = new[] { "U01", "U0BOT" } } },
        }, WithoutNulls));
        var process = Process.Start(new ProcessStartInfo(binary, ["--config", config, "--port", "0", "--base-host", "127.0.0.1", "--files-dir", Path.Combine(folder, "files")]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("Control API:") && line.IndexOf("http://", StringComparison.Ordinal) is var start)
            {
                _ = process.StandardOutput.ReadToEndAsync(); // keeps the pipe from filling
                return new(process, folder, new(new Uri(line[start..].Trim()), "/"));
            }
        }
        throw new InvalidOperationException("local-slack ended before it listened.");
    }

    public async Task<string> SayAsync(string channel, string text, string? thread = null) =>
        (await ControlAsync("message", new { channel, user = "U01", text, thread_ts = thread })).GetProperty("message").GetProperty("ts").GetString()!;

    public Task CommandAsync(string command, string text) => ControlAsync("command", new { channel = "C01", user = "U01", command, text });

    public Task ClickAsync(string messageTs, JsonElement button) => ControlAsync("interact", new { channel = "C01", messageTs, user = "U01", action = button });

    public Task OpenHomeAsync() => ControlAsync("open-home", new { user = "U01" });

    public async Task<List<JsonElement>> MessagesAsync(string channel) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>($"_control/messages/{channel}")).GetProperty("messages").EnumerateArray()];

    public async Task<bool> IsSocketConnectedAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>("_control/log")).GetProperty("log").EnumerateArray().Any(entry => entry.GetProperty("summary").GetString()!.Contains("(hello)"));

    public Task<byte[]> DownloadAsync(string url)
    {
        _http.DefaultRequestHeaders.Authorization = new("Bearer", BotToken);
        return _http.GetByteArrayAsync(url);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> ControlAsync(string what, object body)
    {
        using var response = await _http.PostAsJsonAsync($"_control/{what}", body);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<string> InstallAsync()
    {
        var peer = Path.Combine(Folder(), "peer");
        var binary = Path.Combine(peer, "node_modules", "local-slack-linux-x64", "bin", "local-slack");
        await Installing.WaitAsync();
        try
        {
            using var held = await HoldAsync(Path.Combine(peer, ".installing")); // two test programs may want it at once
            if (File.Exists(binary))
                return binary;
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]) { WorkingDirectory = peer, RedirectStandardError = true })!;
            var errors = await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? binary : throw new InvalidOperationException($"npm ci failed in {peer}: {errors}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<FileStream> HoldAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
