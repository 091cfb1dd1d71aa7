using System.Collections.Concurrent;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Slack's side of OAuth: which token is whose, each refresh token good once, and who used what where.</summary>
internal sealed class SlackGrants
{
    public const string ClientId = "111.222";
    public const string ClientSecret = "client-secret";

    private readonly ConcurrentDictionary<string, string> _workspaces = new();
    private readonly ConcurrentDictionary<string, string> _refreshes = new();
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private int _count;

    /// <summary>Seconds that a token lives; null: the app does not rotate tokens.</summary>
    public int? ExpiresIn { get; set; }

    /// <summary>Calls by tokens that were given here: whose token, and the channel that was named.</summary>
    public ConcurrentQueue<(string Workspace, string Method, string? Channel)> Uses { get; } = new();

    public int Refreshes { get; private set; }

    public bool Knows(string token) => _workspaces.ContainsKey(token);

    /// <summary>The workspace takes its tokens back.</summary>
    public void Revoke(string workspace)
    {
        foreach (var (token, owner) in _workspaces)
        {
            if (owner == workspace)
                _revoked[token] = true;
        }
    }

    /// <summary>A code is <c>code-T2</c>: the workspace that agreed.</summary>
    public object Exchange(Dictionary<string, string> arguments, ConcurrentQueue<string> violations)
    {
        if (arguments.GetValueOrDefault("client_id") != ClientId || arguments.GetValueOrDefault("client_secret") != ClientSecret)
            return new { ok = false, error = "bad_client_secret" };
        if (arguments.GetValueOrDefault("grant_type") == "refresh_token")
        {
            if (!_refreshes.TryRemove(arguments["refresh_token"], out var owner))
            {
                violations.Enqueue("a refresh token was used twice");
                return new { ok = false, error = "invalid_refresh_token" };
            }
            Refreshes++;
            return Give(owner);
        }
        if (arguments.GetValueOrDefault("redirect_uri") != "http://127.0.0.1:5080/slack/oauth")
            violations.Enqueue("redirect_uri is another than at the start");
        return arguments.GetValueOrDefault("code")?.Split('-') is ["code", var workspace] ? Give(workspace) : new { ok = false, error = "invalid_code" };
    }

    /// <summary>What stands against the call; null: nothing.</summary>
    public object? Use(string token, string method, IReadOnlyDictionary<string, string> arguments)
    {
        if (!_workspaces.TryGetValue(token, out var workspace))
            return null;
        Uses.Enqueue((workspace, method, arguments.GetValueOrDefault("channel") ?? arguments.GetValueOrDefault("channel_id")));
        return _revoked.ContainsKey(token) ? new { ok = false, error = "token_revoked" } : null;
    }

    public object? Test(string token) => _workspaces.TryGetValue(token, out var workspace)
        ? new
        {
            ok = true,
            team = $"Team {workspace}",
            user = "sre-bot",
            team_id = workspace.StartsWith('E') ? "T99" : workspace,
            enterprise_id = workspace.StartsWith('E') ? workspace : null,
            is_enterprise_install = workspace.StartsWith('E'),
            user_id = "U0BOT",
        }
        : null;

    private object Give(string workspace)
    {
        var number = Interlocked.Increment(ref _count);
        var token = $"{(ExpiresIn is null ? "xoxb" : "xoxe.xoxb")}-{workspace}-{number}";
        var refresh = ExpiresIn is null ? null : $"xoxe-{workspace}-{number}";
        _workspaces[token] = workspace;
        if (refresh is not null)
            _refreshes[refresh] = workspace;
        var place = new { id = workspace, name = $"Team {workspace}" };
        var isOrganization = workspace.StartsWith('E');
        return ExpiresIn is { } seconds
            ? new { ok = true, app_id = "A01", token_type = "bot", access_token = token, scope = "chat:write", bot_user_id = "U0BOT", team = isOrganization ? null : place, enterprise = isOrganization ? place : null, is_enterprise_install = isOrganization, refresh_token = refresh, expires_in = seconds }
            : new { ok = true, app_id = "A01", token_type = "bot", access_token = token, scope = "chat:write", bot_user_id = "U0BOT", team = isOrganization ? null : place, enterprise = isOrganization ? place : null, is_enterprise_install = isOrganization };
    }
}
