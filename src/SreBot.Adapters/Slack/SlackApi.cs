using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's Web API. Every call is form-encoded, which every method takes; no call is repeated here.</summary>
internal sealed class SlackApi(SlackWire wire, ISlackTokens tokens, IOptions<SlackOptions> options)
{
    public const string OpenConnection = "apps.connections.open";

    /// <summary>Calls with the token of that workspace, and of no other.</summary>
    /// <param name="workspace">As <see cref="Chat.ChatAddress.Workspace"/>: the team, or the organization that installed the app as a whole.</param>
    public async Task<SlackResult> CallAsync(string workspace, string method, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancel)
    {
        switch (await tokens.FindAsync(workspace, cancel))
        {
            case SlackAccess.Token token:
                var result = await CallWithAsync(token.Value, method, arguments, cancel);
                return result is SlackResult.Refused refused ? await tokens.JudgeAsync(workspace, token, refused, cancel) : result;
            case SlackAccess.None none:
                return none.Why;
            default:
                throw new InvalidOperationException("There is no third kind of access.");
        }
    }

    /// <summary>The address of a new Socket Mode connection, which serves every workspace of the app.</summary>
    public Task<SlackResult> OpenConnectionAsync(CancellationToken cancel) => CallWithAsync(options.Value.AppToken!, OpenConnection, [], cancel);

    /// <summary>Sends a file's bytes to the address that <c>files.getUploadURLExternal</c> gave, without a token.</summary>
    public Task<SlackResult> UploadAsync(Uri address, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        return wire.SendAsync("the upload", request, answersInJson: false, cancel);
    }

    /// <summary>Posts to a <c>response_url</c>, without a token.</summary>
    public Task<SlackResult> RespondAsync(Uri address, JsonObject message, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.ToJsonString(SlackJson.Compact), mediaType: new("application/json", "utf-8")) };
        return wire.SendAsync("the response address", request, answersInJson: false, cancel);
    }

    private Task<SlackResult> CallWithAsync(string token, string method, IEnumerable<KeyValuePair<string, string>> arguments, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Method(method)) { Content = new FormUrlEncodedContent(arguments) };
        request.Headers.Authorization = new("Bearer", token);
        return wire.SendAsync(method, request, answersInJson: true, cancel);
    }
}
