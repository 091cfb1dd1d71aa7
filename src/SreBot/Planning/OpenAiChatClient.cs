using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;
using SreBot.Model;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SreBot.Planning;

/// <summary>An OpenAI-compatible server as a chat client: chat completions with function calling, a bounded answer; one more attempt when the server
/// says to come back soon.</summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time;
    private readonly HttpClient http = new(new BoundedAnswerHandler(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }));
    private readonly Lazy<ChatClient> client;

    public OpenAiChatClient(IOptions<PlannerOptions> options, TimeProvider time)
    {
        this.time = time;
        client = new Lazy<ChatClient>(() => new ChatClient(
            options.Value.Model!, new ApiKeyCredential(string.IsNullOrEmpty(options.Value.ApiKey) ? "none" : options.Value.ApiKey), new OpenAIClientOptions
            {
                Endpoint = new Uri(options.Value.Endpoint!),
                NetworkTimeout = options.Value.TurnTimeout,
                RetryPolicy = new ClientRetryPolicy(0),
                Transport = new HttpClientPipelineTransport(http),
            }));
    }

    /// <exception cref="SreException">Unavailable, for whatever keeps the server from answering in a form that can be read.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var settings = new ChatCompletionOptions();
        foreach (var tool in options?.Tools?.OfType<AIFunction>() ?? [])
        {
            settings.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        try
        {
            return new ChatResponse(OpenAiMessages.ToMessage(await CompleteAsync([.. OpenAiMessages.From(messages)], settings, cancellationToken)));
        }
        catch (Exception error) when (error is ClientResultException or HttpRequestException or IOException or JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException
            || (error is OperationCanceledException or AggregateException && !cancellationToken.IsCancellationRequested))
        {
            throw new SreException(SreErrorKind.Unavailable, "the language model's server did not answer in a form that can be read", error);
        }
    }

    private async Task<ChatCompletion> CompleteAsync(IReadOnlyList<OpenAI.Chat.ChatMessage> messages, ChatCompletionOptions settings, CancellationToken cancel)
    {
        try
        {
            return await client.Value.CompleteChatAsync(messages, settings, cancel);
        }
        catch (ClientResultException error) when (Soon(error) is { } wait)
        {
            await Task.Delay(wait, time, cancel);
            return await client.Value.CompleteChatAsync(messages, settings, cancel);
        }
    }

    /// <summary>How long the server asks to wait; null when it does not, or for too long.</summary>
    private static TimeSpan? Soon(ClientResultException error) =>
        error.Status is 429 or 503 && error.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var after) == true && double.TryParse(after, out var seconds) && seconds >= 0 && seconds <= MostWait.TotalSeconds
            ? TimeSpan.FromSeconds(seconds) : null;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => http.Dispose();
}
