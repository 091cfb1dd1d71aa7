namespace SreBot.Cli.Demo;

/// <summary>Settings <c>Demo:*</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether a fresh installation gets the demo organization, and whether its telemetry goes on while serving; true unless set.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The same seed tells the same stories; any number, 1 unless set.</summary>
    public long Seed { get; set; } = 1;
}
