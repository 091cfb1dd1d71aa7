using System.Data.Common;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>Posts to the console. Each key is stored once, so that sending again after a fault shows nothing twice.</summary>
internal sealed class WebPoster(IWebConsoleStore store, WebSignals signals, IOptions<WebConsoleOptions> options) : IChatPoster
{
    public const string PlatformName = "web";

    public string Platform => PlatformName;

    public Task<PostOutcome> PostAsync(ChatAddress address, ChatReply reply, string key, CancellationToken cancel) => AddAsync(address, null, reply, key, cancel);

    public Task<PostOutcome> PostPrivateAsync(ChatAddress address, ChatUser user, ChatReply reply, string key, CancellationToken cancel) =>
        AddAsync(address, user.Id, reply with { IsPrivate = true }, key, cancel);

    private async Task<PostOutcome> AddAsync(ChatAddress address, string? privateTo, ChatReply reply, string key, CancellationToken cancel)
    {
        long? thread = null;
        if (address.Thread is { } text)
        {
            if (!long.TryParse(text, out var id))
                return NotOurs(text);
            thread = id;
        }
        return await TryAsync(address, async () =>
        {
            var message = await store.AddAsync(
                new(address.Workspace, address.Channel, thread, privateTo, options.Value.BotName, true, reply.Summary, reply, key), cancel);
            return new PostOutcome.Posted($"{message.Id}");
        });
    }

    public async Task<PostOutcome> UpdateAsync(ChatAddress address, string messageId, ChatReply reply, CancellationToken cancel) =>
        long.TryParse(messageId, out var id)
            ? await TryAsync(address, async () =>
            {
                await store.UpdateAsync(address.Workspace, id, reply, cancel);
                return new PostOutcome.Posted(messageId);
            })
            : NotOurs(messageId);

    private async Task<PostOutcome> TryAsync(ChatAddress address, Func<Task<PostOutcome>> post)
    {
        try
        {
            var outcome = await post();
            signals.Publish(address.Workspace, address.Channel, WebSignal.Changed);
            return outcome;
        }
        catch (Exception error) when (error is DbException or TimeoutException or IOException)
        {
            return new PostOutcome.TryAgain($"The console's messages cannot be stored now: {error.Message}");
        }
    }

    private static PostOutcome.GaveUp NotOurs(string id) => new($"'{id}' is not a message of the console.");

    public async Task<string?> FindAsync(ChatAddress address, string key, DateTimeOffset since, CancellationToken cancel) =>
        await store.FindAsync(address.Workspace, address.Channel, key, cancel) is { } message ? $"{message.Id}" : null;

    public Task ShowProgressAsync(ChatAddress address, string text, CancellationToken cancel)
    {
        signals.Publish(address.Workspace, address.Channel, new(text, address.Thread));
        return Task.CompletedTask;
    }
}
