using System.Text.Json;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's error words, told apart and put into sentences (the pages of the methods at docs.slack.dev list them).</summary>
internal static class SlackRefusal
{
    public static SlackResult Read(string method, JsonElement body, TimeSpan? retryAfter)
    {
        var error = body.Text("error") ?? "unknown_error";
        return error switch
        {
            "ratelimited" or "rate_limited" => new SlackResult.Unavailable($"Slack limits the rate of {method}.", retryAfter, IsUncertain: false),
            // Slack: "it's possible some aspect of the operation succeeded before the error was raised".
            "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" =>
                new SlackResult.Unavailable($"Slack has a fault of its own in {method}: {error}.", retryAfter, IsUncertain: true),
            _ => new SlackResult.Refused(error, Sentence(method, error, body)),
        };
    }

    private static string Sentence(string method, string error, JsonElement body) => error switch
    {
        "not_in_channel" => "The bot is not in that Slack channel: invite it there with /invite.",
        "channel_not_found" => "Slack does not show that channel to the bot: invite the bot there with /invite, or choose another channel.",
        "is_archived" => "That Slack channel is archived: unarchive it or choose another one.",
        "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" =>
            $"Slack does not accept the token ({error}): install the app again and set {(method == SlackApi.OpenConnection ? "Slack:AppToken" : "Slack:BotToken")} anew.",
        "bad_client_secret" or "invalid_client_id" => $"Slack does not know the app ({error}): copy Slack:ClientId and Slack:ClientSecret from the app's page Basic Information.",
        "bad_redirect_uri" => $"Slack does not send people back here ({error}): list Web:PublicAddress + {SlackOAuth.ReturnPath} as a redirect URL at the app's page OAuth & Permissions.",
        "invalid_code" or "code_already_used" => $"Slack's code is used or older than ten minutes ({error}): begin again.",
        "invalid_team_for_non_distributed_app" => $"The app is its own workspace's alone ({error}): activate its public distribution at the page Manage Distribution.",
        "not_allowed_token_type" => $"Slack wants another kind of token for {method}: Slack:BotToken starts with xoxb- and Slack:AppToken with xapp-.",
        "missing_scope" => $"The Slack app lacks the scope {body.Text("needed") ?? $"that {method} needs"}: add it to the app and install it again.",
        "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel" or "restricted_action_non_threadable_channel" or "restricted_action_thread_locked" =>
            $"That Slack channel's settings forbid the bot to post there ({error}): an admin can allow it.",
        "message_not_found" or "cant_update_message" or "edit_window_closed" => $"Slack no longer lets the bot edit that message ({error}): a new one must be posted.",
        _ => $"Slack refused {method}: {error}{Details(body)}.",
    };

    private static string Details(JsonElement body)
    {
        var messages = string.Join("; ", body.Items("response_metadata", "messages").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()).Take(3));
        return messages.Length > 0 ? $" ({messages})" : "";
    }
}
