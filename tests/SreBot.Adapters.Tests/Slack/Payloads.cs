using System.Text.Json;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Payloads in the shapes of docs.slack.dev.</summary>
internal static class Payloads
{
    public const string Ts = "1790000000.000100";

    public static object Event(object what, string eventId = "Ev1", bool isOrganization = false) => new
    {
        token = "verification-token",
        team_id = "T01",
        api_app_id = "A01",
        type = "event_callback",
        event_id = eventId,
        event_time = 1790000000,
        authorizations = new[] { new { enterprise_id = isOrganization ? "E01" : null, team_id = isOrganization ? null : "T01", user_id = "U0BOT", is_bot = true, is_enterprise_install = isOrganization } },
        @event = what,
    };

    public static object Mention(string text = "<@U0BOT> hi", string type = "app_mention", string? thread = null, string ts = Ts) =>
        thread is null
            ? new { type, user = "U1", text, ts, channel = "C02", event_ts = ts }
            : new { type, user = "U1", text, ts, thread_ts = thread, channel = "C02", event_ts = ts };

    public static Dictionary<string, string> Command(string command = "/sre-alert", string text = "list") => new()
    {
        ["token"] = "verification-token",
        ["team_id"] = "T01",
        ["channel_id"] = "C02",
        ["channel_name"] = "general",
        ["user_id"] = "U1",
        ["user_name"] = "ann",
        ["command"] = command,
        ["text"] = text,
        ["api_app_id"] = "A01",
        ["is_enterprise_install"] = "false",
        ["response_url"] = "http://127.0.0.1:1/response",
        ["trigger_id"] = "1.2.abc",
    };

    public static object Click(string actionId = "ack:0", string value = "42", string? thread = null, string? responseUrl = null, bool isEphemeral = false) => new
    {
        type = "block_actions",
        team = new { id = "T01", domain = "test" },
        user = new { id = "U1", name = "ann" },
        enterprise = (object?)null,
        is_enterprise_install = false,
        api_app_id = "A01",
        trigger_id = "9.8.def",
        container = new { type = "message", message_ts = Ts, channel_id = "C02", is_ephemeral = isEphemeral },
        channel = new { id = "C02", name = "general" },
        message = thread is null ? (object)new { ts = Ts, text = "x" } : new { ts = Ts, text = "x", thread_ts = thread },
        response_url = responseUrl,
        actions = new[] { new { type = "button", action_id = actionId, block_id = "b", value, action_ts = "1790000005.000000" } },
    };

    public static object HomeClick(string actionId = "ack:0", string value = "42") => new
    {
        type = "block_actions",
        team = new { id = "T01", domain = "test" },
        user = new { id = "U1", name = "ann" },
        trigger_id = "7.6.abc",
        container = new { type = "view", view_id = "V9" },
        view = new { id = "V9", type = "home" },
        actions = new[] { new { type = "button", action_id = actionId, block_id = "b", value, action_ts = "1790000005.000000" } },
    };

    /// <param name="values">What the view's state holds: each block's id with its input.</param>
    public static object Submission(string metadata, object values, string callback = "form") => new
    {
        type = "view_submission",
        team = new { id = "T01", domain = "test" },
        user = new { id = "U1", name = "ann", team_id = "T01" },
        is_enterprise_install = false,
        trigger_id = "5.4.abc",
        view = new { id = "V7", hash = "1.x", type = "modal", callback_id = callback, private_metadata = metadata, state = new { values } },
    };

    public static object Shortcut(object message, string channel = "C02", string name = "explain") => new
    {
        type = "message_action",
        callback_id = name,
        team = new { id = "T01", domain = "test" },
        user = new { id = "U1", name = "ann" },
        channel = new { id = channel, name = "general" },
        message,
        message_ts = Ts,
        trigger_id = "3.2.abc",
        action_ts = "1790000005.000000",
        response_url = "http://127.0.0.1:1/response",
    };

    public static JsonElement Json(object payload) => JsonSerializer.SerializeToElement(payload);
}
