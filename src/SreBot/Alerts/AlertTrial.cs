using System.Globalization;
using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Alerts.Silences;
using SreBot.Alerts.States;
using SreBot.Alerts.Subscriptions;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Model;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>Evaluates a rule at this moment without moving its state, says who would be told, and by order sends them a test message.</summary>
internal sealed class AlertTrial(PostgresDatabase postgres, SilenceStore silences, SubscriptionStore subscriptions, OutboxSignal signal, TimeProvider time)
{
    private const int MostGroups = 10;

    /// <param name="rule">One that the caller sees.</param>
    public async Task<ToolResult> RunAsync(ToolContext context, AlertRule rule, CancellationToken cancel)
    {
        var tick = new DateTimeOffset(context.Now.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var step = await context.Steps.ReadAsync($"What \"{rule.Name}\" reads over the {AlertDuration.Text(rule.Window)} up to {AlertReplies.Time(tick)} UTC", context.Scope.CutTo(rule.Projects), AlertStatement.Read(rule, tick), cancel);
        var groups = Enumerable.Range(0, step.Table.Rows.Count).Select(row => Judge(rule, step.Table, row)).OrderBy(group => group.Verdict).ToList();
        if (groups.Count == 0)
            groups.Add(new Judged("", null, 0, Verdict.NoData));

        var held = (await silences.ListAsync(context.Scope, context.Now, cancel)).Where(silence => silence.Covers(rule, groups[0].Group, context.Now)).Max(silence => silence.EndOf(context.Now));
        var summary = $"\"{rule.Name}\" now: {Sentence(rule, groups)}{(held is { } until ? $" It is silenced until {AlertReplies.Time(until)} UTC." : "")}";
        step.Conclusion = summary;
        var told = await ToldAsync(context.Scope, rule, cancel);
        IEnumerable<ReplyBlock> blocks =
        [
            new ReplySection { Title = $"Test of \"{rule.Name}\"", Paragraphs = [summary, AlertText.Sentence(rule)] },
            .. rule.GroupBy.Count == 0 ? (IEnumerable<ReplyBlock>)[] : [Table(rule, groups)],
            new ReplySection { Paragraphs = [told.Count == 0 ? "It would open an incident, and tell nobody." : "If it fired, it would open an incident and tell:"], Bullets = [.. told.Select(one => (ReplyText)one)] },
            new ReplySection { IsNote = true, Paragraphs = ["Nothing was sent; alert test … send sends a test message."] },
            StepLinks.Source(context.Steps, step),
        ];
        return new ToolResult(summary, [.. blocks], new { rule.Name, at = tick, groups = groups.Take(MostGroups), told });
    }

    private static Judged Judge(AlertRule rule, StepTable table, int row)
    {
        double? value = table.Rows[row][table.Column("value")] is null ? null : table.Number(row, "value");
        var count = (long)table.Number(row, "requests");
        var key = AlertGroup.Key(rule.GroupBy, [.. rule.GroupBy.Select((_, i) => table.Text(row, $"group_{i}"))]);
        return new Judged(key, value, count, AlertVerdict.Of(rule, value, count));
    }

    private static string Sentence(AlertRule rule, List<Judged> groups)
    {
        var worst = groups[0];
        var breaching = groups.Count(group => group.Verdict == Verdict.Breach);
        var of = worst.Group.Length == 0 ? "" : $"{worst.Group}: ";
        var rest = rule.GroupBy.Count > 0 ? $" {breaching} of {groups.Count} groups {(breaching == 1 ? "breaches" : "breach")}." : "";
        return $"{of}{rule.Metric} {rule.Aggregate} over {AlertDuration.Text(rule.Window)} is {MetricValue.Text(worst.Value, AlertText.Unit(rule))} ({worst.Count.ToString("#,0", CultureInfo.InvariantCulture)} requests), {Words(rule, worst)}.{rest}";
    }

    private static string Words(AlertRule rule, Judged group) => group.Verdict switch
    {
        Verdict.Breach => $"which breaches {AlertText.Limit(rule)}",
        Verdict.Between => $"no breach of {AlertText.Limit(rule)}, but not past the recovery threshold either",
        Verdict.Clear => $"clear of {AlertText.Limit(rule)}",
        Verdict.Insufficient => $"fewer requests than the {rule.MinRequests} that it wants",
        Verdict.NoData => "no data",
        _ => "which is no number",
    };

    private static ReplyTable Table(AlertRule rule, List<Judged> groups) => new($"Groups{(groups.Count > MostGroups ? $", the first {MostGroups} of {groups.Count}" : "")}", ["Group", "Value", "Requests", "Verdict"],
        [.. groups.Take(MostGroups).Select(group => (IReadOnlyList<string>)[group.Group, MetricValue.Text(group.Value, AlertText.Unit(rule)), MetricValue.Number(group.Count), AlertNames.Of(group.Verdict).Replace('_', ' ')])], [1, 2]);

    private async Task<IReadOnlyList<string>> ToldAsync(AccessScope scope, AlertRule rule, CancellationToken cancel)
    {
        var told = new List<string>();
        var subscribers = await subscriptions.TargetsAsync(scope, rule, cancel);
        await using var session = await postgres.BeginAsync(scope, cancel);
        foreach (var target in rule.Targets)
        {
            var refusal = await TargetGuard.RefusalAsync(session, scope.OrganizationId, target, rule.Projects, rule.Filter, cancel);
            told.Add(refusal is null ? target : $"{target}, were it allowed: {refusal}");
        }

        told.AddRange(subscribers.Select(target => $"{target} (a subscriber)"));
        told.AddRange(rule.Escalations.Select(step => $"{step.Target}, after {AlertDuration.Text(step.After)} without an acknowledgement"));
        return told;
    }

    /// <summary>Puts a test message for each target into the outbox.</summary>
    /// <exception cref="SreException">Forbidden; Invalid: the rule has no targets.</exception>
    public async Task<ChatReply> SendAsync(Caller caller, AlertRule rule, CancellationToken cancel)
    {
        caller.Scope.Require(Role.Sre, "send test messages");
        if (rule.Targets.Count == 0)
            throw new SreException(SreErrorKind.Invalid, $"\"{rule.Name}\" tells nobody; add targets with: alert edit \"{rule.Name}\" notify #here");

        var now = time.GetUtcNow();
        var sentence = $"Test of the alert \"{rule.Name}\", sent by {caller.Principal.Name}: this is where it would speak. Nothing is wrong.";
        var key = $"test:{Guid.CreateVersion7(now)}";
        var payload = new NotifyPayload(ChatReply.Of(sentence), null, rule.Projects)
        {
            Facts = new NotifyFacts { Event = "test", Key = key, Title = sentence, Severity = "info", Projects = rule.Projects, Alert = rule.Name, At = now },
            Filter = rule.Filter,
        };
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        foreach (var target in rule.Targets)
        {
            await Outbox.AddAsync(session, caller.Scope.OrganizationId, key, 1, NotifyPayload.Handler, target, payload, now, cancel);
        }

        await AlertAudit.AddAsync(session, caller.Scope, caller.Principal.Name, $"sent a test of the alert \"{rule.Name}\"", now, cancel);
        await session.CommitAsync(cancel);
        signal.Set();
        return ChatReply.Of($"A test message of \"{rule.Name}\" is on its way to {string.Join(", ", rule.Targets)}.");
    }

    private sealed record Judged(string Group, double? Value, long Count, Verdict Verdict);
}
