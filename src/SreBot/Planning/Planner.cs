using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>Answers a question: with the model when there is one that answers, by rules otherwise; with the same tools, on the record.</summary>
internal sealed partial class Planner(
    IEnumerable<IToolPlugin> plugins, IPlannerLoop loop, PlannerClients clients, StepRecorderFactory recorders, ConversationStore conversations, IOptions<PlannerOptions> options, TimeProvider time, ILogger<Planner> log)
{
    private static readonly string[] Changing = ["create", "edit", "delete", "mute", "unmute", "silence", "enable", "disable", "subscribe", "unsubscribe", "acknowledge", "snooze", "resolve"];

    private const string WithoutModel = "The language model did not answer; this is computed without it.";

    /// <param name="thread">Names the conversation for follow-up questions; null: it is not remembered.</param>
    /// <exception cref="SreException">Its message is the answer.</exception>
    public Task<ChatReply> AnswerAsync(string question, Caller caller, string? thread, IProgress<string> progress, CancellationToken cancel) => AnswerAsync(question, caller, thread, progress, _ => true, cancel);

    /// <summary>What is behind a text, by whomever: with what looks alone, so that nobody's words propose a change to who asks.</summary>
    /// <param name="thread">Names the conversation for follow-up questions; null: it is not remembered.</param>
    /// <exception cref="SreException">Its message is the answer.</exception>
    public Task<ChatReply> ExplainAsync(string text, Caller caller, string? thread, IProgress<string> progress, CancellationToken cancel) =>
        AnswerAsync(Explanation(text), caller with { Scope = caller.Scope with { Role = Role.Viewer } }, thread, progress, Looks, cancel);

    /// <summary>The question that is asked about a text.</summary>
    public static string Explanation(string text) => string.IsNullOrWhiteSpace(text) ? "" : $"Why? {text}";

    /// <summary>Whether the tool changes nothing, and proposes no change.</summary>
    public static bool Looks(string tool) => !Changing.Contains(tool.Split('_')[0]);

    private async Task<ChatReply> AnswerAsync(string question, Caller caller, string? thread, IProgress<string> progress, Func<string, bool> mayUse, CancellationToken cancel)
    {
        if (QuestionCheck.Refuse(question) is { } refusal)
            return ChatReply.Of(refusal);

        question = question.Trim().Replace("\0", "", StringComparison.Ordinal);
        var recorder = await recorders.StartAsync(question, caller, null, thread, cancel);
        try
        {
            using var limit = new CancellationTokenSource(options.Value.TurnTimeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            var reply = await AnswerAsync(question, caller, thread, recorder, progress, mayUse, linked.Token, cancel);
            reply = PlannerReply.WithNote(reply, "Evidence: ", ReplyRun.Link("every step of this answer", StepLinks.Page(recorder.InvestigationId)));
            await recorder.SaveAsync(reply, cancel);
            if (thread is not null)
                await conversations.AddAsync(caller.Scope, thread, question, reply.Summary, cancel);
            return reply;
        }
        catch
        {
            await recorder.SaveAfterFailureAsync();
            throw;
        }
    }

    private async Task<ChatReply> AnswerAsync(string question, Caller caller, string? thread, StepRecorder recorder, IProgress<string> progress, Func<string, bool> mayUse, CancellationToken limited, CancellationToken cancel)
    {
        try
        {
            var context = new ToolContext(caller, recorder, time.GetUtcNow(), progress);
            var earlier = thread is null ? [] : await conversations.ReadAsync(caller.Scope, thread, limited);
            var turn = new PlannerTurn(question, earlier, [.. plugins.SelectMany(plugin => plugin.CreateTools(context)).Where(tool => mayUse(tool.Name))], context.Now);
            if (clients.Model is null)
                return await ComputeAsync(turn, limited);

            return await AskModelAsync(turn, limited) is { } outcome
                ? PlannerReply.Worded(outcome, recorder.Steps)
                : PlannerReply.WithNote(await ComputeAsync(turn, limited), WithoutModel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ChatReply.Of($"That took longer than {Figures.Length(options.Value.TurnTimeout)}; ask for a shorter time or for one server.");
        }
    }

    /// <summary>Null when the model failed, or took three quarters of the time.</summary>
    private async Task<PlannerOutcome.Answered?> AskModelAsync(PlannerTurn turn, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(0.75 * options.Value.TurnTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var outcome = await loop.RunAsync(clients.Model!, turn, linked.Token);
            if (outcome is PlannerOutcome.Answered answered)
                return answered;

            var failed = (PlannerOutcome.Failed)outcome;
            LogModelFailed(failed.Error, failed.Why);
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogModelFailed(null, "it took too long");
            return null;
        }
    }

    private async Task<ChatReply> ComputeAsync(PlannerTurn turn, CancellationToken cancel) =>
        PlannerReply.Computed((PlannerOutcome.Answered)await loop.RunAsync(clients.Offline, turn, cancel)); // it calls one tool and answers

    [LoggerMessage(LogLevel.Warning, "The language model gave no answer ({Why}); the question is answered without it")]
    private partial void LogModelFailed(Exception? error, string why);
}
