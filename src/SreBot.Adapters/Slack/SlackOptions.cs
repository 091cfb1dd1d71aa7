namespace SreBot.Adapters.Slack;

/// <summary>The configuration section <c>Slack</c>. Slack is on when <see cref="BotToken"/> is set, or <see cref="ClientId"/> with <see cref="ClientSecret"/>.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary><c>xoxb-…</c>, from the app's page "Install App".</summary>
    public string? BotToken { get; init; }

    /// <summary>From the app's page "Basic Information"; opens <c>/slack/events</c> and its two siblings.</summary>
    public string? SigningSecret { get; init; }

    /// <summary><c>xapp-…</c> with the scope connections:write; turns Socket Mode on.</summary>
    public string? AppToken { get; init; }

    /// <summary>From the app's page "Basic Information"; with <see cref="ClientSecret"/> it lets any number of workspaces install the app at <c>/slack/install</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>From the app's page "Basic Information".</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Where the Web API is, with or without the last slash.</summary>
    public string ApiBase { get; init; } = "https://slack.com/api/";

    public bool HasBotToken => !string.IsNullOrWhiteSpace(BotToken);

    public bool IsInstalledByOAuth => !string.IsNullOrWhiteSpace(ClientId) && !string.IsNullOrWhiteSpace(ClientSecret);

    public bool IsEnabled => HasBotToken || IsInstalledByOAuth;

    public bool ListensOnSocket => IsEnabled && !string.IsNullOrWhiteSpace(AppToken);

    public bool ListensOnHttp => IsEnabled && !string.IsNullOrWhiteSpace(SigningSecret);

    public Uri Method(string name) => new(Base, name);

    /// <summary>Where a person agrees to an installation: beside the Web API.</summary>
    public Uri ConsentPage => new(Base, "../oauth/v2/authorize");

    private Uri Base => new(ApiBase.EndsWith('/') ? ApiBase : ApiBase + "/");
}
