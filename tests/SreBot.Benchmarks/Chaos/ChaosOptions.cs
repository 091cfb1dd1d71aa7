namespace SreBot.Benchmarks.Chaos;

/// <summary>How much is broken, and for how long.</summary>
internal sealed record ChaosOptions
{
    /// <summary>The same seed gives the same rules, telemetry and order of blows; the machine decides what each blow hits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>kill -9 of SreBot.</summary>
    public int Kills { get; init; } = 200;

    /// <summary>Immediate stops of PostgreSQL.</summary>
    public int PostgresStops { get; init; } = 20;

    /// <summary>How long telemetry comes in.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How far before now the telemetry begins: so many minutes more than pass are told in the same time. At most 50, so that no minute is passed by time-out.</summary>
    public int Hurry { get; init; }

    /// <summary>Minutes of telemetry.</summary>
    public int Minutes => (int)Length.TotalMinutes + Hurry;

    /// <summary>Real time that a minute of telemetry takes.</summary>
    public TimeSpan Pace => Length / Minutes;
}
