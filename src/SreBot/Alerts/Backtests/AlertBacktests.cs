using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Alerts.Backtests;

/// <summary>Back-tests for commands, each with a page of its own that has every step.</summary>
internal sealed class AlertBacktests(Backtester backtester, StepRecorderFactory recorders, TimeProvider time) : IAlertBacktests
{
    public Task<ChatReply> RunAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) =>
        RecordAsync($"Would \"{rule.Name}\" have fired in the last {AlertDuration.Text(past)}?", caller, context => backtester.RunAsync(context, rule, past, cancel), cancel);

    public Task<ChatReply> SuggestAsync(Caller caller, AlertRule rule, TimeSpan past, CancellationToken cancel) =>
        RecordAsync($"Which threshold would have suited {AlertText.Name(rule)} in the last {AlertDuration.Text(past)}?", caller, context => backtester.SuggestAsync(context, rule, past, cancel), cancel);

    private async Task<ChatReply> RecordAsync(string question, Caller caller, Func<ToolContext, Task<ToolResult>> answer, CancellationToken cancel)
    {
        var recorder = await recorders.StartAsync(question, caller, null, cancel);
        try
        {
            var result = await answer(new ToolContext(caller, recorder, time.GetUtcNow(), new NoProgress()));
            var evidence = ReplyText.Of("Evidence: ", ReplyRun.Link("every step of this answer", StepLinks.Page(recorder.InvestigationId)));
            var reply = new ChatReply { Summary = result.Summary, Blocks = [.. result.Blocks, new ReplySection { IsNote = true, Paragraphs = [evidence] }] };
            await recorder.SaveAsync(reply, cancel);
            return reply;
        }
        catch
        {
            await recorder.SaveAfterFailureAsync();
            throw;
        }
    }

    private sealed class NoProgress : IProgress<string>
    {
        public void Report(string value)
        {
            // A command's answer comes at once.
        }
    }
}
