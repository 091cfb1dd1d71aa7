using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Answers what wants an answer at once: clicks, forms, and a person's own page of the app.</summary>
internal sealed partial class SlackAnswers(
    IChatTurnHandler turns, SlackPoster poster, SlackApi api, SlackViews views, SlackHome home, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<SlackAnswers> log)
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Slack waits 3 s for what is wrong with a form, the way there and back included.</summary>
    private static readonly TimeSpan TimeToJudge = TimeSpan.FromSeconds(2);

    /// <summary>A form that takes longer is announced first, since what opens it lives for 3 s.</summary>
    private static readonly TimeSpan TimeToForm = TimeSpan.FromSeconds(1);

    private const string Title = "Form";
    private const string Wait = "One moment …";
    private const string NotTaken = "That could not be taken in now. Please try again in a moment.";

    private readonly ConcurrentDictionary<Task, byte> _working = new();

    /// <summary>Whether the turn is answered at once with a form that Slack can open.</summary>
    public bool OpensForm(SlackEnvelope.Turn turn) => turn.Trigger is not null && turns.WantsForm(turn.What);

    /// <summary>Returns at once; what fails is logged.</summary>
    public void InBackground(string what, Func<CancellationToken, Task> work)
    {
        var working = Task.Run(() => GuardAsync(what, work), CancellationToken.None);
        _working[working] = 0;
        working.ContinueWith(done => _working.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Answers a click, or a command that opens a form.</summary>
    public async Task AnswerAsync(SlackEnvelope.Turn click, CancellationToken cancel)
    {
        if (click.IsAtHome && !OpensForm(click))
            click = await InConversationAsync(click, cancel);
        var answering = AskAsync(click.What, cancel);
        var view = OpensForm(click) && !await IsSoonAsync(answering) ? await views.OpenAsync(click.What.Address.Workspace, click.Trigger!, SlackView.Sentence(Title, Wait), cancel) : null;
        var reply = await answering;
        if (await ShowFormAsync(click, view, reply, cancel) || (string.IsNullOrWhiteSpace(reply.Summary) && reply.Blocks.Count == 0))
            return;
        var place = click.HasEmptyThread ? click.What.Address with { Thread = null } : click.What.Address;
        await TellAsync(place, click.What, reply, click.IsAtHome, click.ResponseUrl, cancel);
    }

    /// <summary>What is asked for on a page is answered in the conversation with the person, where files can be put.</summary>
    private async Task<SlackEnvelope.Turn> InConversationAsync(SlackEnvelope.Turn click, CancellationToken cancel) =>
        await api.CallAsync(click.What.Address.Workspace, "conversations.open", new Dictionary<string, string> { ["users"] = click.What.User.Id }, cancel) is SlackResult.Ok opened && opened.Body.Text("channel", "id") is { } channel
            ? click with { What = click.What with { Address = click.What.Address with { Channel = channel } } }
            : click;

    /// <summary>Within 2 s: what is wrong stays beside the field, what was taken is answered privately. What takes longer is answered when it is known.</summary>
    public async Task<SlackAcknowledgement> SubmitAsync(SlackEnvelope.Submission form, CancellationToken cancel)
    {
        var judging = AskAsync(form.What, lifetime.ApplicationStopping);
        try
        {
            var reply = await judging.WaitAsync(TimeToJudge, time, cancel);
            if (reply.Mistakes is { Count: > 0 } mistakes)
                return SlackAcknowledgement.Refuse(Known(mistakes, form.What.Action!.Fields!));
        }
        catch (TimeoutException)
        {
            LogLate(form.What.EventId);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error, form.What.EventId);
            return SlackAcknowledgement.Refuse(Known(new Dictionary<string, string> { [""] = NotTaken }, form.What.Action!.Fields!));
        }
        InBackground(form.What.EventId, async cancel => await TellAsync(form.What.Address, form.What, await judging, form.IsAtHome, null, cancel));
        return SlackAcknowledgement.Taken;
    }

    private async Task<ChatReply> AskAsync(ChatTurn turn, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(TimeToAnswer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        return await Task.Run(() => turns.AnswerNowAsync(turn, either.Token), either.Token);
    }

    private async Task<bool> IsSoonAsync(Task answering)
    {
        await answering.WaitAsync(TimeToForm, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answering.IsCompleted;
    }

    /// <param name="view">What is open already; null: nothing.</param>
    /// <returns>False: the reply holds no form, or it could not be opened, and has to be posted.</returns>
    private async Task<bool> ShowFormAsync(SlackEnvelope.Turn click, string? view, ChatReply reply, CancellationToken cancel)
    {
        if (reply.Blocks.OfType<ReplyForm>().FirstOrDefault() is not { } form || SlackViewState.Of(form, click.What, click.HasEmptyThread, click.IsAtHome).Write() is not { } state)
            return view is not null && await views.UpdateAsync(click.What.Address.Workspace, view, SlackView.Sentence(Title, reply.Summary), cancel);
        var modal = SlackView.Form(form, state);
        return view is not null ? await views.UpdateAsync(click.What.Address.Workspace, view, modal, cancel)
            : click.Trigger is { } trigger && await views.OpenAsync(click.What.Address.Workspace, trigger, modal, cancel) is not null;
    }

    private async Task TellAsync(ChatAddress place, ChatTurn turn, ChatReply reply, bool isAtHome, Uri? responseUrl, CancellationToken cancel)
    {
        if (isAtHome && await home.ShowAsync(turn.User, reply.Summary, cancel))
            return;
        var outcome = await poster.PostPrivateAsync(place, turn.User, reply, turn.EventId, cancel);
        if (outcome is not PostOutcome.Posted && responseUrl is { } address)
            await api.RespondAsync(address, new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = SlackBlocks.Summary(reply) }, cancel);
    }

    /// <summary>Slack shows what stands beside a field of the form; anything else goes to the first.</summary>
    private static Dictionary<string, string> Known(IReadOnlyDictionary<string, string> mistakes, IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        var known = new Dictionary<string, string>();
        foreach (var (name, sentence) in mistakes)
        {
            var field = fields.ContainsKey(name) ? name : fields.Keys.FirstOrDefault() ?? name;
            known[field] = SlackText.Cut(known.TryGetValue(field, out var other) ? $"{other} {sentence}" : sentence, SlackBlocks.LongestSummary);
        }
        return known;
    }

    private async Task GuardAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(lifetime.ApplicationStopping);
        }
        catch (Exception error)
        {
            LogFailed(error, what);
        }
    }

    [LoggerMessage(LogLevel.Error, "{EventId} was not answered")]
    private partial void LogFailed(Exception error, string eventId);

    [LoggerMessage(LogLevel.Warning, "Form {EventId} is taken after its time; it is answered in the conversation")]
    private partial void LogLate(string eventId);
}
