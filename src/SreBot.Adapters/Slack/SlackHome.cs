using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>A person's own page of the app.</summary>
internal sealed class SlackHome(SlackViews views, PublicAddress links, IChatHome? home = null)
{
    /// <param name="said">What was answered to a click there; null: the page was only opened.</param>
    /// <returns>False: there is no such page, or it could not be shown.</returns>
    public async Task<bool> ShowAsync(ChatUser user, string? said, CancellationToken cancel) =>
        home is not null && await views.PublishAsync(user, SlackView.Home(await home.ShowAsync(user, said, cancel), links), cancel);
}
