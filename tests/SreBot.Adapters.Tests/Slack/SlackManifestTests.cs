using System.Text.RegularExpressions;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed partial class SlackManifestTests
{
    [Theory]
    [InlineData("manifest.socket.yaml", true)]
    [InlineData("manifest.http.yaml", false)]
    public void A_manifest_asks_for_what_the_adapter_uses_and_no_more(string name, bool isSocket)
    {
        var manifest = File.ReadAllText(Path.Combine(Root(), "manifests", "slack", name));

        Assert.Equal(["/sre", "/sre-alert", "/sre-incident"], Values(manifest, "- command"));
        Assert.Equal([isSocket ? "true" : "false"], Values(manifest, "socket_mode_enabled"));
        Assert.Equal(SlackCheck.Needed, Items(manifest, "bot"));
        Assert.Equal(
            ["app_home_opened", "app_mention", "app_uninstalled", "assistant_thread_context_changed", "assistant_thread_started", "member_joined_channel", "message.im", "tokens_revoked"],
            Items(manifest, "bot_events"));
        Assert.Equal(["explain"], Values(manifest, "callback_id"));
        Assert.Equal(["true"], Values(manifest, "home_tab_enabled"));
        Assert.InRange(Values(manifest, "- title").Count, 1, 4);
        Assert.Equal(isSocket ? 0 : 1, manifest.Split('\n').Count(line => line.EndsWith(SlackOAuth.ReturnPath, StringComparison.Ordinal)));
        Assert.InRange(Values(manifest, "  name")[0].Length, 1, 35);
        Assert.All(Values(manifest, "description"), text => Assert.InRange(text.Length, 1, 140));
        Assert.InRange(Assert.Single(Values(manifest, "display_name")).Length, 1, 80);
        var addresses = Address().Matches(manifest).Select(match => match.Value).ToList();
        Assert.Equal(isSocket ? 0 : 5, addresses.Count(address => address.EndsWith("/slack/commands") || address.EndsWith("/slack/events") || address.EndsWith("/slack/interactivity")));
    }

    private static List<string> Values(string manifest, string key) =>
        [.. manifest.Split('\n').Where(line => line.TrimStart(' ').StartsWith($"{key.Trim()}:", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim('"'))];

    private static List<string> Items(string manifest, string key) =>
        [.. manifest.Split('\n').SkipWhile(line => line.Trim() != $"{key}:").Skip(1).TakeWhile(line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal)).Select(line => line.Trim()[2..].Split(' ')[0])];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SreBot.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("https://[^\\s,]+")]
    private static partial Regex Address();
}
