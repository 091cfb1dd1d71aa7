using SreBot.Alerts.Silences;

namespace SreBot.Alerts.Rules;

/// <summary>What a person asked of alerts.</summary>
internal abstract record AlertCommand
{
    private AlertCommand() { }

    /// <param name="Rule">Checked; without an id yet.</param>
    public sealed record Create(AlertRule Rule) : AlertCommand;

    /// <param name="Rules">Those of one objective, the most urgent first.</param>
    public sealed record CreateSlo(IReadOnlyList<AlertRule> Rules) : AlertCommand;

    /// <param name="After">Checked; with the id and version of <paramref name="Before"/>.</param>
    public sealed record Edit(AlertRule Before, AlertRule After) : AlertCommand;

    public sealed record Enable(string Name, bool IsEnabled) : AlertCommand;

    /// <param name="Projects">Those that the rules watch one of; all when empty.</param>
    /// <param name="State">Such as <c>triggered</c>, <c>muted</c>, <c>disabled</c>; null: any.</param>
    public sealed record List(IReadOnlyList<string> Projects, string? State) : AlertCommand;

    public sealed record Show(string Name) : AlertCommand;

    public sealed record History(string Name) : AlertCommand;

    /// <param name="Time">As people write it; null: the last time that it fired.</param>
    public sealed record Why(string Name, string? Time) : AlertCommand;

    /// <param name="Reason">Empty when none was given.</param>
    public sealed record Mute(string Name, TimeSpan Time, string Reason = "") : AlertCommand;

    public sealed record Unmute(string Name) : AlertCommand;

    /// <param name="Silence">Without an id yet.</param>
    public sealed record Hold(Silence Silence) : AlertCommand;

    public sealed record Silences : AlertCommand;

    public sealed record EndSilence(long Id) : AlertCommand;

    /// <param name="Target">Null: the person's direct place.</param>
    public sealed record Subscribe(string Name, string? Target) : AlertCommand;

    /// <param name="Target">Null: all of the person's.</param>
    public sealed record Unsubscribe(string Name, string? Target) : AlertCommand;

    /// <param name="IsSent">A test message goes to the rule's targets.</param>
    public sealed record Test(string Name, bool IsSent) : AlertCommand;

    /// <param name="Name">Null: <paramref name="Draft"/> is meant.</param>
    public sealed record Backtest(string? Name, AlertRule? Draft, TimeSpan Past) : AlertCommand;

    /// <summary>Which thresholds would have been better.</summary>
    public sealed record Suggest(string? Name, AlertRule? Draft, TimeSpan Past) : AlertCommand;

    public sealed record Delete(string Name) : AlertCommand;

    public sealed record Acknowledge(string Name) : AlertCommand;

    /// <param name="Time">Null: until it is resolved.</param>
    public sealed record Snooze(string Name, TimeSpan? Time) : AlertCommand;
}
