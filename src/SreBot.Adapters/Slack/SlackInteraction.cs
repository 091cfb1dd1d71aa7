using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Reads what a person did with a message's buttons, its menu, a form, or their own page of the app.</summary>
internal static class SlackInteraction
{
    private const int LongestShortcut = 3000;

    public static SlackEnvelope Read(JsonElement payload, DateTimeOffset now) => payload.Text("type") switch
    {
        "block_actions" when payload.Text("view", "type") == "home" || IsNowhere(payload) => ReadHomeClick(payload, now),
        "block_actions" => ReadClick(payload, now),
        "view_submission" => ReadSubmission(payload, now),
        "message_action" => ReadShortcut(payload, now),
        var other => new SlackEnvelope.Ignored($"interaction {other}"),
    };

    /// <summary>In no channel, message or view: clients other than Slack's own name the page of the app so.</summary>
    private static bool IsNowhere(JsonElement payload) =>
        (payload.Text("channel", "id") ?? payload.Text("container", "channel_id") ?? payload.Text("container", "message_ts") ?? payload.Text("view", "type")) is null;

    private static SlackEnvelope ReadClick(JsonElement payload, DateTimeOffset now)
    {
        var workspace = Workspace(payload);
        var action = payload.Items("actions").FirstOrDefault();
        var verb = SlackActionId.Verb(action.Text("action_id") ?? "");
        var channel = payload.Text("channel", "id") ?? payload.Text("container", "channel_id");
        if (verb.Length == 0)
            return new SlackEnvelope.Ignored("a button that opens a link");
        if (channel is null || payload.Text("container", "message_ts") is not { } message || payload.Text("user", "id") is not { } user)
            return new SlackEnvelope.Ignored("a button outside a message");
        // An ephemeral message is no parent: a thread can only hang on its own thread, if it was shown in one.
        var thread = payload.Text("message", "thread_ts") ?? payload.Text("container", "thread_ts") ?? (payload.IsTrue("container", "is_ephemeral") ? null : message);
        return new SlackEnvelope.Turn(new ChatTurn
        {
            EventId = $"action:{payload.Text("trigger_id") ?? $"{channel}:{message}:{user}:{action.Text("action_ts")}"}",
            Kind = ChatTurnKind.Action,
            Address = new(SlackEnvelope.Platform, workspace, channel, thread),
            User = User(payload, workspace, user),
            MessageId = message,
            Action = new(verb, action.Text("value") ?? ""),
            IsDirect = channel.StartsWith('D'),
            At = SlackEnvelope.Time(action.Text("action_ts")) ?? now,
        }, SlackEnvelope.Link(payload.Text("response_url")), HasEmptyThread: payload.Text("message", "thread_ts") is null) { Trigger = payload.Text("trigger_id") };
    }

    /// <summary>A page of the app has no channel: what is asked there is answered in the conversation with the person, whose id Slack takes for it.</summary>
    private static SlackEnvelope ReadHomeClick(JsonElement payload, DateTimeOffset now)
    {
        var workspace = Workspace(payload);
        var action = payload.Items("actions").FirstOrDefault();
        var verb = SlackActionId.Verb(action.Text("action_id") ?? "");
        if (verb.Length == 0 || payload.Text("user", "id") is not { } user || payload.Text("trigger_id") is not { } trigger)
            return new SlackEnvelope.Ignored("a button that opens a link");
        return new SlackEnvelope.Turn(new ChatTurn
        {
            EventId = $"action:{trigger}",
            Kind = ChatTurnKind.Action,
            Address = new(SlackEnvelope.Platform, workspace, user),
            User = User(payload, workspace, user),
            Action = new(verb, action.Text("value") ?? ""),
            IsDirect = true,
            At = SlackEnvelope.Time(action.Text("action_ts")) ?? now,
        }) { Trigger = trigger, IsAtHome = true };
    }

    private static SlackEnvelope ReadSubmission(JsonElement payload, DateTimeOffset now)
    {
        var workspace = Workspace(payload);
        if (payload.At("view") is not { } view || view.Text("callback_id") != SlackView.FormId || payload.Text("user", "id") is not { } user
            || SlackViewState.Read(view.Text("private_metadata")) is not { } state)
            return new SlackEnvelope.Ignored("a form of another");
        return new SlackEnvelope.Submission(new ChatTurn
        {
            EventId = $"view:{view.Text("id")}:{view.Text("hash")}",
            Kind = ChatTurnKind.Action,
            Address = new(SlackEnvelope.Platform, workspace, state.Channel, state.Thread),
            User = User(payload, workspace, user),
            Action = new(state.Verb, state.Value) { Fields = SlackViewState.Fields(view) },
            IsDirect = state.IsDirect,
            At = now,
        }, state.IsAtHome);
    }

    /// <summary>Answered in that message's thread. Slack sends it once.</summary>
    private static SlackEnvelope ReadShortcut(JsonElement payload, DateTimeOffset now)
    {
        var workspace = Workspace(payload);
        if (payload.Text("callback_id") is not { } name || payload.Text("channel", "id") is not { } channel || payload.Text("user", "id") is not { } user
            || payload.Text("trigger_id") is not { } trigger || payload.At("message") is not { } message || message.Text("ts") is not { } ts)
            return new SlackEnvelope.Ignored("a shortcut without its message");
        var text = SlackInboundText.Read(SlackInboundText.Said(message), bot: null);
        return new SlackEnvelope.Turn(new ChatTurn
        {
            EventId = $"shortcut:{trigger}",
            Kind = ChatTurnKind.Shortcut,
            Address = new(SlackEnvelope.Platform, workspace, channel, message.Text("thread_ts") ?? ts),
            User = User(payload, workspace, user),
            Text = text.Length <= LongestShortcut ? text : text[..LongestShortcut],
            Command = name,
            MessageId = ts,
            IsDirect = channel.StartsWith('D'),
            At = SlackEnvelope.Time(payload.Text("action_ts")) ?? now,
        }, SlackEnvelope.Link(payload.Text("response_url")));
    }

    private static string Workspace(JsonElement payload) =>
        SlackEnvelope.Installation(payload.IsTrue("is_enterprise_install"), payload.Text("enterprise", "id"), payload.Text("team", "id") ?? payload.Text("user", "team_id"));

    private static ChatUser User(JsonElement payload, string workspace, string id) =>
        new(SlackEnvelope.Platform, workspace, id, payload.Text("user", "name") ?? payload.Text("user", "username"));
}
