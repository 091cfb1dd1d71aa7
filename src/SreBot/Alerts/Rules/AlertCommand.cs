namespace SreBot.Alerts.Rules;

/// <summary>What a person asked of alerts.</summary>
internal abstract record AlertCommand
{
    private AlertCommand() { }

    /// <param name="Rule">Checked; without an id yet.</param>
    public sealed record Create(AlertRule Rule) : AlertCommand;

    public sealed record List : AlertCommand;

    public sealed record Show(string Name) : AlertCommand;

    public sealed record Mute(string Name, TimeSpan Time) : AlertCommand;

    public sealed record Delete(string Name) : AlertCommand;
}
