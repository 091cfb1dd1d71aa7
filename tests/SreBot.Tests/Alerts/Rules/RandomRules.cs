using SreBot.Alerts.Rules;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Tests.Alerts.Rules;

/// <summary>Rules with any clause, from a seed.</summary>
internal static class RandomRules
{
    private static readonly string[] Names = ["errors", "too many errors", "it's \"slow\"", "back\\slash", "“smart”", "in", "create and delete", "Größe > 5, wirklich?", "#1 'quoted'", "a=b"];
    private static readonly string[] Values = ["Server_9", "POST /pay", "v42", "a \"b\" c", "x=y", "and", "none", "by", "eu-west-1", "o'brien", "a,b", "c:\\d"];
    private static readonly string[] Targets = ["slack:T01/C02", "teams:tenant/19:abc@thread.tacv2", "web:acme/incidents", "email:ops@example.org", "sms:+491701234567", "webhook:pager", "pagerduty:ops_1"];

    public static readonly IReadOnlyList<string> Projects = ["Project_1", "Project_2", "Shop 7", "and"];

    public static AlertRule Next(Random random)
    {
        var metric = Pick(random, MetricCatalogue.ForRules);
        var aggregate = Pick(random, metric.Aggregates);
        var comparator = Pick(random, Enum.GetValues<AlertComparator>());
        var threshold = Number(random);
        var window = Minutes(random, 2, 43200);
        var groups = Some(random, [.. Dimensions.All], 2);
        return AlertLimits.Check(new AlertRule
        {
            Name = Pick(random, Names),
            Projects = Some(random, Projects, 3) is { Count: > 0 } some ? some : ["Project_1"],
            Metric = metric.Name,
            Aggregate = aggregate.Name,
            Comparator = comparator,
            Threshold = threshold,
            ThresholdMax = comparator is AlertComparator.Between or AlertComparator.NotBetween ? threshold + 1.5 : null,
            RecoveryThreshold = Maybe(random) ? null : comparator switch
            {
                AlertComparator.Greater or AlertComparator.GreaterOrEqual => threshold - 0.25,
                AlertComparator.Less or AlertComparator.LessOrEqual => threshold + 0.25,
                _ => null,
            },
            Filter = [.. Some(random, [.. Dimensions.All.Skip(1)], 3).Select(dimension => new DimensionCondition(dimension, Pick(random, Values)))],
            GroupBy = groups,
            Window = window,
            ShortWindow = aggregate.IsBudgetBurn && Maybe(random) ? Minutes(random, 1, (int)window.TotalMinutes) : null,
            Objective = aggregate.IsBudgetBurn ? Pick(random, [99.9, 99, 95.5, 99.999]) : null,
            For = Minutes(random, 0, 1441),
            Cooldown = Minutes(random, 0, 1441),
            MinRequests = Maybe(random) ? 0 : random.Next(1, 1_000_000),
            NoDataPolicy = Pick(random, Enum.GetValues<MissingPolicy>()),
            ErrorPolicy = Pick(random, Enum.GetValues<MissingPolicy>()),
            InsufficientPolicy = Pick(random, Enum.GetValues<InsufficientPolicy>()),
            MaxHold = Maybe(random) ? null : Minutes(random, 1, 43201),
            VanishAfter = random.Next(1, 1441),
            VanishResolves = groups.Count > 0 && Maybe(random),
            RepeatInterval = Maybe(random) ? null : Minutes(random, 1, 10081),
            Severity = Pick(random, ["info", "warning", "critical"]),
            Targets = Some(random, Targets, 4),
            Escalations = [.. Some(random, Targets, 3).Select((target, i) => new EscalationStep(TimeSpan.FromMinutes((i + 1) * 15), target))],
            RunbookUrl = Maybe(random) ? null : "https://wiki.example/a b?c=d,e&f=\"g\"".Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal),
            IsEnabled = Maybe(random),
        });
    }

    /// <summary>Every field as text, so that lists are compared by what is in them.</summary>
    public static string Text(AlertRule rule) => System.Text.Json.JsonSerializer.Serialize(rule, SreJson.Options);

    private static bool Maybe(Random random) => random.Next(2) == 0;

    private static TimeSpan Minutes(Random random, int least, int below) => TimeSpan.FromMinutes(random.Next(least, below));

    private static double Number(Random random) => random.Next(4) switch { 0 => random.Next(0, 100), 1 => Math.Round(random.NextDouble() * 100, 3), 2 => random.NextDouble() * 1e-6, _ => -random.Next(1, 9) };

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private static List<T> Some<T>(Random random, IReadOnlyList<T> all, int most) => [.. all.OrderBy(_ => random.Next()).Take(random.Next(0, most + 1))];
}
