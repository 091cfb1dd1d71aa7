using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>What made-up telemetry looks like. The same settings over the same window are the same rows.</summary>
internal sealed record SeedSettings
{
    public long Seed { get; init; } = 1;

    /// <summary>1 to 1,000, named <c>Server_1</c> and on.</summary>
    public int Servers { get; init; } = 10;

    /// <summary>1 to 99, named <c>Project_1</c> and on.</summary>
    public int Projects { get; init; } = 3;

    /// <summary>On average over a day, all projects together; 1 to 1,000,000.</summary>
    public int RequestsAMinute { get; init; } = 100;

    /// <summary>Length of the past, 1 to 8,784 hours.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>A day, or as much as the causes need: what came before each is six hours of its own.</summary>
    public static int HoursFor(IReadOnlyList<CauseKind> causes) => Math.Max(24, 6 * SeedPlan.Slots(causes));

    /// <summary>None, or <see cref="CauseKind.Control"/>: nothing is planted.</summary>
    public IReadOnlyList<CauseKind> Causes { get; init; } = [];

    public static string Project(int number) => $"Project_{number}";
    public static string Server(int number) => $"Server_{number}";

    public IReadOnlyList<string> ProjectIds() => [.. Enumerable.Range(1, Projects).Select(Project)];

    /// <summary>The past up to the last whole minute.</summary>
    public TimeWindow WindowUpTo(DateTimeOffset now)
    {
        var to = now.Floor(TimeSpan.FromMinutes(1));
        return new TimeWindow(to.AddHours(-Hours), to);
    }

    /// <exception cref="SreException">Invalid, naming the setting and its range.</exception>
    public SeedSettings Checked()
    {
        Check("servers", Servers, 1_000);
        Check("projects", Projects, 99);
        Check("requests a minute", RequestsAMinute, 1_000_000);
        Check("hours", Hours, 8_784);
        return this;
    }

    private static void Check(string name, int value, int most)
    {
        if (value < 1 || value > most)
            throw new SreException(SreErrorKind.Invalid, $"The number of {name} must lie between 1 and {most:N0}, not {value:N0}.");
    }
}
