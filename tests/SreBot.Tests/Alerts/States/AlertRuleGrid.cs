namespace SreBot.Tests.Alerts.States;

/// <summary>Policies in such combinations that each meets each other one.</summary>
internal static class AlertRuleGrid
{
    private static readonly string[] Missing = ["hold", "ok", "zero", "alert", "state"];
    private static readonly string[] Insufficient = ["hold", "clear", "gate_trigger"];
    private static readonly string[] Vanish = ["2", "1 resolves", "3", "2 resolves", "1"];
    private static readonly string[] Others = ["recovery", "below", "recovery, hold 2m", "recovery, repeat 2m", "below, hold 1m, repeat 1m"];

    /// <summary>The defaults first; then all pairs of the two missing policies, with the others in turn.</summary>
    public static IEnumerable<string> Policies()
    {
        yield return "recovery";
        for (var number = 0; number < Missing.Length * Missing.Length; number++)
        {
            var (noData, error) = (number % 5, number / 5);
            yield return $"no_data {Missing[noData]}, error {Missing[error]}, insufficient {Insufficient[number % 3]}, vanish {Vanish[(noData + error) % 5]}, {Others[(noData + (2 * error)) % 5]}";
        }
    }
}
