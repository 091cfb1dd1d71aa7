using SreBot.Adapters.Chat;
using SreBot.Alerts.Rules;
using SreBot.Evidence;
using SreBot.Telemetry;

namespace SreBot.Alerts.Backtests;

/// <summary>A back-test as people see it. Pure.</summary>
internal static class BacktestReplies
{
    private const int MostShown = 10;

    /// <summary>Such as <c>"slow" would have fired 4 times in 7 days …</c>.</summary>
    public static string Summary(BacktestResult result)
    {
        var (name, length) = ($"\"{result.Rule.Name}\"", Figures.Length(result.Length));
        if (result.Data.Series.Count == 0)
            return $"{name} had nothing to judge in the last {length}: no request that it watches came.";

        var caught = result.Known.Count == 0 ? "; there was no incident in its projects" : $"; it caught {result.Caught.Count} of {Count(result.Known.Count, "incident")}";
        return result.Episodes.Count == 0
            ? $"{name} would not have fired in the last {length}{caught}."
            : $"{name} would have fired {Count(result.Episodes.Count, "time")} in the last {length}, triggered for {AlertDuration.Words(result.Triggered)} in all{caught}.";
    }

    public static ReplySection Section(BacktestResult result, string summary)
    {
        var bullets = new List<ReplyText>();
        if (result.Episodes.Count > 0)
            bullets.Add($"{Count(result.Alone.Count, "episode")} beside no incident, {Figures.Plain(result.AloneADay)} a day");
        if (result.Retriggered + result.Returned > 0)
            bullets.Add($"flapping: fired again within {Figures.Length(BacktestResult.Soon)} of its end {Count(result.Retriggered, "time")}, the quiet time was broken {Count(result.Returned, "time")}");
        if (result.Data.TicksWithoutData() is > 0 and var without)
            bullets.Add($"{Figures.Whole(without)} of {Figures.Whole(result.Data.Ticks.Count)} ticks had no data");
        return new ReplySection { Title = "Back-test", Paragraphs = [summary, AlertText.Sentence(result.Rule)], Bullets = bullets };
    }

    public static ReplyTable Episodes(BacktestResult result) => new(
        result.Episodes.Count <= MostShown ? "When it would have fired" : $"When it would have fired: the first {MostShown} of {result.Episodes.Count}", ["From (UTC)", "To (UTC)", "Group", "Value", "Worst"],
        [.. result.Episodes.Take(MostShown).Select(episode => (IReadOnlyList<string>)[
            Time(episode.From), episode.To is { } to ? Time(to) : "still open", episode.GroupKey, MetricValue.Text(episode.Value, result.Rule.Measure.Unit), MetricValue.Text(episode.Worst, result.Rule.Measure.Unit)])], [3, 4]);

    public static ReplyTable Incidents(BacktestResult result) => new("Incidents of that time", ["Incident", "Began (UTC)", "Title", ""],
        [.. result.Known.Take(MostShown).Select(incident => (IReadOnlyList<string>)[$"INC-{incident.Facts.Id}", Time(incident.From), incident.Facts.Title, result.Caught.Contains(incident) ? "caught" : "missed"])], []);

    public static ReplySection Note(BacktestPlan plan) => new()
    {
        IsNote = true,
        Paragraphs = [$"From {Figures.Window(plan.From, plan.To)}, judged by the evaluator's own code. Nothing was open at its beginning, silences are not applied, and requests that came late are counted."],
    };

    public static string Suggested(AlertRule rule, IReadOnlyList<ThresholdSuggestion> suggestions, int incidents, TimeSpan length)
    {
        var what = $"{rule.Measure.Metric.Title} {rule.Measure.Aggregate.Name}";
        if (suggestions.Count == 0)
            return incidents > 0
                ? $"No threshold of {what} would have caught any of the {Count(incidents, "incident")} of the last {Figures.Length(length)}."
                : $"There is nothing to suggest a threshold of {what} from: no request came in the last {Figures.Length(length)}, or it always breaches.";

        var first = suggestions[0];
        return incidents == 0
            ? $"There was no incident in the last {Figures.Length(length)} to go by; with {what} {Limit(rule, first)} {first.Why}."
            : $"{what} {Limit(rule, first)} would have caught {first.Trial.Caught} of {Count(incidents, "incident")} in the last {Figures.Length(length)}, with {Figures.Plain(Weekly(first, length))} false episodes a week.";
    }

    public static ReplyTable Suggestions(AlertRule rule, IReadOnlyList<ThresholdSuggestion> suggestions, int incidents, TimeSpan length) => new("Thresholds", ["Threshold", "Caught", "False a week", "Why"],
        [.. suggestions.Select(one => (IReadOnlyList<string>)[
            Limit(rule, one), incidents == 0 ? "no incident" : $"{one.Trial.Caught} of {incidents}", Figures.Plain(Weekly(one, length)), one.Why])], [2]);

    public static double Weekly(ThresholdSuggestion suggestion, TimeSpan length) => suggestion.Trial.False / (length.TotalDays / 7);

    /// <summary>Such as <c>>= 20 ms</c>.</summary>
    public static string Limit(AlertRule rule, ThresholdSuggestion suggestion) => $"{rule.Comparator.Symbol()} {MetricValue.Text(suggestion.Threshold, rule.Measure.Unit)}";

    public static string Count(int count, string what) => $"{Figures.Whole(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm");
}
