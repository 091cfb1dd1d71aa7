using System.Text.Json;

namespace SreBot.Adapters.Slack;

/// <summary>What Slack gave when a workspace, or an organization as a whole, installed the app.</summary>
/// <param name="Workspace">The team's id; the organization's, when it installed the app as a whole.</param>
/// <param name="ExpiresAt">Null: the token does not end, since the app does not rotate tokens.</param>
internal sealed record SlackInstallation(string Workspace, string Name, string BotToken, string? RefreshToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>The answer of <c>oauth.v2.access</c> to a code; null when it names no bot token or no place.</summary>
    public static SlackInstallation? From(JsonElement answer, DateTimeOffset now)
    {
        var place = answer.IsTrue("is_enterprise_install") ? answer.At("enterprise") : answer.At("team");
        return answer.Text("token_type") is null or "bot" && place is { } where && where.Text("id") is { } id && answer.Text("access_token") is { } token
            ? new(id, where.Text("name") ?? id, token, answer.Text("refresh_token"), End(answer, now))
            : null;
    }

    /// <summary>With the tokens of an answer to a refresh; null when it has none.</summary>
    public SlackInstallation? Renewed(JsonElement answer, DateTimeOffset now) => answer.Text("access_token") is { } token
        ? this with { BotToken = token, RefreshToken = answer.Text("refresh_token") ?? RefreshToken, ExpiresAt = End(answer, now) }
        : null;

    public static SlackInstallation Parse(string secret) => JsonSerializer.Deserialize<SlackInstallation>(secret)!;

    public string ToSecret() => JsonSerializer.Serialize(this);

    /// <summary>Keeps the tokens out of logs.</summary>
    public override string ToString() => $"{Name} ({Workspace})";

    private static DateTimeOffset? End(JsonElement answer, DateTimeOffset now) =>
        answer.At("expires_in") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt64(out var count) && count is > 0 and < int.MaxValue ? now + TimeSpan.FromSeconds(count) : null;
}
