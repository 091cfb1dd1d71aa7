namespace SreBot.Alerts.Evaluation;

/// <summary>How far time has come in all telemetry databases that rules watch.</summary>
/// <param name="At">The earliest of theirs; without any, time passes all the same, so that the first rule starts now.</param>
internal sealed record AlertFrontiers(DateTimeOffset At, IReadOnlyDictionary<string, AlertFrontier> ByDatabase)
{
    public static AlertFrontiers Of(IReadOnlyDictionary<string, AlertFrontier> frontiers, DateTimeOffset now, AlertOptions options) =>
        new(frontiers.Count == 0 ? AlertFrontier.Of(newest: null, now, options).At : frontiers.Values.Min(frontier => frontier.At), frontiers);
}
