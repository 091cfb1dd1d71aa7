using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Alerts;

/// <summary>A rule as a model asks for it: typed arguments, and targets and conditions in the grammar's words.</summary>
internal sealed record AlertWish
{
    public required string Metric { get; init; }
    public required double Threshold { get; init; }
    public string? Aggregate { get; init; }
    public required string Comparator { get; init; }
    public double? ThresholdMax { get; init; }
    public double? RecoveryThreshold { get; init; }
    public int WindowMinutes { get; init; }
    public int? ShortWindowMinutes { get; init; }
    public int ForMinutes { get; init; }
    public int CooldownMinutes { get; init; }
    public long MinRequests { get; init; }
    public string[] Projects { get; init; } = [];
    public string[] Where { get; init; } = [];
    public string[] GroupBy { get; init; } = [];
    public required string Severity { get; init; }

    /// <summary>Null: the channel.</summary>
    public string[]? Notify { get; init; }
    public string[] Escalate { get; init; } = [];
    public int? RepeatMinutes { get; init; }
    public required string NoData { get; init; }
    public required string Error { get; init; }
    public required string Insufficient { get; init; }
    public int? MaxHoldMinutes { get; init; }
    public int VanishAfter { get; init; }
    public bool VanishResolves { get; init; }
    public double? Objective { get; init; }
    public string? Runbook { get; init; }
    public string? Name { get; init; }

    /// <summary>The words of each list go through the grammar, so that a mistake is answered as there.</summary>
    /// <exception cref="SreException">Invalid, with the one thing that is wrong.</exception>
    public AlertRule ToRule(AlertDefaults defaults)
    {
        var measure = new Measure(MetricCatalogue.Find(Metric, defaults.Metrics), MetricCatalogue.Find(Metric, defaults.Metrics).Aggregate(string.IsNullOrEmpty(Aggregate) ? null : Aggregate));
        var rule = AlertDraft.New(defaults) with
        {
            Name = Name ?? "",
            Metric = measure.Metric.Name,
            Aggregate = measure.Aggregate.Name,
            Measure = measure,
            Comparator = AlertComparators.Find(Comparator) ?? throw new SreException(SreErrorKind.Invalid, $"There is no comparator '{Comparator}'; use {string.Join(", ", AlertComparators.Symbols)}."),
            Threshold = Threshold,
            ThresholdMax = ThresholdMax,
            RecoveryThreshold = RecoveryThreshold,
            Window = TimeSpan.FromMinutes(WindowMinutes),
            ShortWindow = Minutes(ShortWindowMinutes),
            For = TimeSpan.FromMinutes(ForMinutes),
            Cooldown = TimeSpan.FromMinutes(CooldownMinutes),
            MinRequests = MinRequests,
            RepeatInterval = Minutes(RepeatMinutes),
            MaxHold = Minutes(MaxHoldMinutes),
            VanishAfter = VanishAfter,
            VanishResolves = VanishResolves,
            Objective = Objective,
        };
        var clauses = new AlertWords(Clauses());
        try
        {
            return AlertDraft.Complete(AlertClauses.TakeAll(rule, clauses, defaults, hasCondition: true), defaults);
        }
        catch (SreException error) when (clauses.Mistake is { } mistake)
        {
            var wrong = mistake.Word < clauses.All.Count ? clauses.All[mistake.Word].Text : "";
            var should = error.Message[error.Message.IndexOf("should be", StringComparison.Ordinal)..];
            throw new SreException(error.Kind, $"'{wrong}' {should.Split([", not '", ", but nothing"], StringSplitOptions.None)[0]}.", error);
        }
    }

    private string Clauses() => string.Join(' ', new (string Word, string Text)[]
    {
        ("in", List(Projects)), ("where", string.Join(", ", Where.Select(Condition))), ("by", List(GroupBy)), ("severity", Severity), ("notify", Notify is null ? "" : List(Notify)),
        ("escalate", string.Join(", ", Escalate)), ("no_data", NoData), ("error", Error), ("insufficient", Insufficient), ("runbook", string.IsNullOrEmpty(Runbook) ? "" : AlertWord.Quote(Runbook)),
    }.Where(clause => clause.Text.Length > 0).Select(clause => $"{clause.Word} {clause.Text}"));

    private static string List(string[] words) => string.Join(",", words.Select(word => word.StartsWith('#') ? word : AlertWord.Quote(word)));

    private static string Condition(string text) => text.Split('=', 2, StringSplitOptions.TrimEntries) is [var dimension, var value] ? $"{dimension} = {AlertWord.Quote(value.Trim('"', '\'', '='))}" : text;

    private static TimeSpan? Minutes(int? minutes) => minutes is { } number ? TimeSpan.FromMinutes(number) : null;
}
