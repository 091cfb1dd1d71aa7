using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Opens and changes views. What fails is logged, and told by the result.</summary>
internal sealed partial class SlackViews(SlackApi api, ILogger<SlackViews> log)
{
    /// <param name="trigger">Good for one view, within 3 s of what the person did.</param>
    /// <returns>The view's id; null when it is not open.</returns>
    public async Task<string?> OpenAsync(string workspace, string trigger, JsonObject view, CancellationToken cancel) =>
        await CallAsync(workspace, "views.open", new() { ["trigger_id"] = trigger, ["view"] = view.ToJsonString(SlackJson.Compact) }, cancel) is SlackResult.Ok ok ? ok.Body.Text("view", "id") : null;

    public async Task<bool> UpdateAsync(string workspace, string id, JsonObject view, CancellationToken cancel) =>
        await CallAsync(workspace, "views.update", new() { ["view_id"] = id, ["view"] = view.ToJsonString(SlackJson.Compact) }, cancel) is SlackResult.Ok;

    /// <summary>Shows it on that person's own page of the app.</summary>
    public async Task<bool> PublishAsync(ChatUser user, JsonObject view, CancellationToken cancel) =>
        await CallAsync(user.Workspace, "views.publish", new() { ["user_id"] = user.Id, ["view"] = view.ToJsonString(SlackJson.Compact) }, cancel) is SlackResult.Ok;

    private async Task<SlackResult> CallAsync(string workspace, string method, Dictionary<string, string> arguments, CancellationToken cancel)
    {
        var result = await api.CallAsync(workspace, method, arguments, cancel);
        if (result is SlackResult.Refused no)
            LogNotShown(no.Why);
        else if (result is SlackResult.Unavailable later)
            LogNotShown(later.Why);
        return result;
    }

    [LoggerMessage(LogLevel.Warning, "A view was not shown: {Why}")]
    private partial void LogNotShown(string why);
}
