using System.Globalization;
using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>One delivery from Slack, read; the same for both transports.</summary>
internal abstract record SlackEnvelope
{
    public const string Platform = "slack";

    private SlackEnvelope() { }

    /// <summary>A person did something.</summary>
    /// <param name="ResponseUrl">Where an answer may be posted without a token for 30 minutes; null when Slack gave none.</param>
    /// <param name="HasEmptyThread">Nobody has answered in the thread yet: Slack would not show an ephemeral message there.</param>
    public sealed record Turn(ChatTurn What, Uri? ResponseUrl = null, bool HasEmptyThread = false) : SlackEnvelope
    {
        /// <summary>Opens a form, once, within 3 s; null when Slack gave none.</summary>
        public string? Trigger { get; init; }

        /// <summary>It was clicked on the person's own page of the app, where no message stands.</summary>
        public bool IsAtHome { get; init; }
    }

    /// <summary>A form was sent.</summary>
    /// <param name="IsAtHome">It was opened from the person's own page of the app.</param>
    public sealed record Submission(ChatTurn What, bool IsAtHome) : SlackEnvelope;

    /// <summary>A person looks at their own page of the app.</summary>
    public sealed record HomeOpened(ChatUser Who) : SlackEnvelope;

    /// <summary>A person opened an empty conversation with the bot.</summary>
    public sealed record ThreadStarted(ChatAddress Thread, ChatUser Who) : SlackEnvelope;

    /// <summary>Slack asks whether this address is ours.</summary>
    public sealed record Challenge(string Text) : SlackEnvelope;

    /// <summary>Slack dropped events: more than 30,000 in an hour.</summary>
    public sealed record RateLimited(string Workspace) : SlackEnvelope;

    /// <summary>The app, or the bot's token, is gone from a workspace.</summary>
    /// <param name="Workspaces">Where: the first of them that is known. At least one.</param>
    /// <param name="Event">Slack's word for it.</param>
    public sealed record Removed(IReadOnlyList<string> Workspaces, string Event, DateTimeOffset At) : SlackEnvelope;

    /// <summary>Nothing for us; <paramref name="Why"/> is for the debug log.</summary>
    public sealed record Ignored(string Why) : SlackEnvelope;

    /// <param name="now">The time of a turn whose payload tells none.</param>
    public static SlackEnvelope Read(SlackEnvelopeKind kind, JsonElement payload, DateTimeOffset now) => (kind, payload.Text("type")) switch
    {
        (SlackEnvelopeKind.Event, "url_verification") => new Challenge(payload.Text("challenge") ?? ""),
        (SlackEnvelopeKind.Event, "app_rate_limited") => new RateLimited(payload.Text("team_id") ?? ""),
        (SlackEnvelopeKind.Event, "event_callback") => ReadEvent(payload, now),
        (SlackEnvelopeKind.Command, _) => ReadCommand(payload, now),
        (SlackEnvelopeKind.Interaction, _) => SlackInteraction.Read(payload, now),
        (_, var other) => new Ignored($"{kind} {other}"),
    };

    private static SlackEnvelope ReadEvent(JsonElement payload, DateTimeOffset now)
    {
        var authorization = payload.Items("authorizations").FirstOrDefault();
        var workspace = Installation(authorization.IsTrue("is_enterprise_install"),
            authorization.Text("enterprise_id") ?? payload.Text("enterprise_id"), authorization.Text("team_id") ?? payload.Text("team_id"));
        var bot = authorization.Text("user_id");
        return payload.At("event") switch
        {
            null => new Ignored("no event"),
            { } what when what.Text("type") == "app_uninstalled" || what.Text("type") == "tokens_revoked" && what.Items("tokens", "bot").Any() => ReadRemoved(payload, authorization, what, now),
            { } what when what.Text("type") is "app_mention" or "message" => ReadMessage(what, workspace, bot, now),
            { } what when what.Text("type") == "app_home_opened" => ReadHome(what, workspace),
            { } what when what.Text("type") == "assistant_thread_started" => ReadThread(what, workspace),
            { } what when what.Text("type") == "member_joined_channel" && bot is not null && what.Text("user") == bot => ReadJoined(payload, what, workspace, bot, now),
            { } what => new Ignored($"event {what.Text("type")}"),
        };
    }

    /// <summary>A mention comes as <c>app_mention</c>, and as <c>message</c> too where the app subscribes to both: the two give the same event id.</summary>
    private static SlackEnvelope ReadMessage(JsonElement what, string workspace, string? bot, DateTimeOffset now)
    {
        if (what.Text("subtype") is not (null or "file_share" or "thread_broadcast") || what.Has("edited") || what.Has("hidden"))
            return new Ignored($"message {what.Text("subtype") ?? "edited"}");
        if (what.Has("bot_id") || what.Text("user") is not { } user || user == bot)
            return new Ignored("message of a bot");
        if (what.Text("channel") is not { } channel || what.Text("ts") is not { } ts)
            return new Ignored("message without a place");
        var text = what.Text("text") ?? "";
        var isDirect = channel.StartsWith('D') || what.Text("channel_type") == "im";
        if (what.Text("type") == "message" && !isDirect && !SlackInboundText.Mentions(text, bot))
            return new Ignored("message to others");
        return new Turn(new ChatTurn
        {
            EventId = $"{channel}:{ts}",
            Kind = ChatTurnKind.Message,
            Address = new(Platform, workspace, channel, what.Text("thread_ts") ?? ts),
            User = new(Platform, workspace, user),
            Text = SlackInboundText.Read(text, bot),
            Channels = SlackInboundText.Channels(text, workspace),
            IsDirect = isDirect,
            MessageId = ts,
            At = Time(ts) ?? now,
        });
    }

    private static SlackEnvelope ReadJoined(JsonElement payload, JsonElement what, string workspace, string bot, DateTimeOffset now) =>
        what.Text("channel") is not { } channel || payload.Text("event_id") is not { } id
            ? new Ignored("joined without a channel")
            : new Turn(new ChatTurn
            {
                EventId = id,
                Kind = ChatTurnKind.Installed,
                Address = new(Platform, workspace, channel),
                User = new(Platform, workspace, what.Text("inviter") ?? bot),
                IsDirect = channel.StartsWith('D'),
                At = Time(what.Text("event_ts")) ?? now,
            });

    private static SlackEnvelope ReadHome(JsonElement what, string workspace) => what.Text("tab") is null or "home" && what.Text("user") is { } user
        ? new HomeOpened(new(Platform, workspace, user))
        : new Ignored("another tab of the app");

    private static SlackEnvelope ReadThread(JsonElement what, string workspace) =>
        what.Text("assistant_thread", "channel_id") is { } channel && what.Text("assistant_thread", "thread_ts") is { } thread && what.Text("assistant_thread", "user_id") is { } user
            ? new ThreadStarted(new(Platform, workspace, channel, thread), new(Platform, workspace, user))
            : new Ignored("a thread without a place");

    /// <summary>The authorization may be gone with the token; then the team is tried first, since an organization's app goes from it as a whole.</summary>
    private static SlackEnvelope ReadRemoved(JsonElement payload, JsonElement authorization, JsonElement what, DateTimeOffset now)
    {
        List<string?> named = authorization.ValueKind == JsonValueKind.Object
            ? [Installation(authorization.IsTrue("is_enterprise_install"), authorization.Text("enterprise_id"), authorization.Text("team_id") ?? payload.Text("team_id"))]
            : [payload.Text("team_id"), payload.Text("enterprise_id")];
        var at = payload.At("event_time") is { ValueKind: JsonValueKind.Number } time && time.TryGetInt64(out var seconds) ? Time(seconds.ToString(CultureInfo.InvariantCulture)) ?? now : now;
        return named.OfType<string>().Where(workspace => workspace.Length > 0).ToList() is { Count: > 0 } workspaces
            ? new Removed(workspaces, what.Text("type")!, at)
            : new Ignored("removed from nowhere");
    }

    private static SlackEnvelope ReadCommand(JsonElement payload, DateTimeOffset now)
    {
        var workspace = Installation(payload.IsTrue("is_enterprise_install"), payload.Text("enterprise_id"), payload.Text("team_id"));
        if (payload.Text("command") is not { } command || payload.Text("channel_id") is not { } channel
            || payload.Text("user_id") is not { } user || payload.Text("trigger_id") is not { } trigger)
            return new Ignored("command without command, channel, user or trigger");
        return new Turn(new ChatTurn
        {
            EventId = $"command:{trigger}",
            Kind = ChatTurnKind.Command,
            Address = new(Platform, workspace, channel),
            User = new(Platform, workspace, user, payload.Text("user_name")),
            Text = SlackInboundText.Read(payload.Text("text") ?? "", bot: null),
            Channels = SlackInboundText.Channels(payload.Text("text") ?? "", workspace),
            Command = command.TrimStart('/'),
            IsDirect = channel.StartsWith('D'),
            At = now,
        }, Link(payload.Text("response_url"))) { Trigger = trigger };
    }

    /// <summary>An app installed by a whole organization is known by the organization: the team is only where the person was.</summary>
    public static string Installation(bool isOrganization, string? enterprise, string? team) => (isOrganization ? enterprise ?? team : team ?? enterprise) ?? "";

    /// <summary>Null for what is no web address.</summary>
    public static Uri? Link(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link : null;

    /// <summary>Of a <c>ts</c>; null for what is none.</summary>
    public static DateTimeOffset? Time(string? ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
