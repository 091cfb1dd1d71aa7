using SreBot.Model;

namespace SreBot.Cli.Seeding;

/// <summary>One cause as it stands in the data: the ground truth about it.</summary>
internal sealed record PlantedCause
{
    public required CauseKind Kind { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset Onset { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The requests that it touches: those that meet all of them; everything when empty.</summary>
    public IReadOnlyList<DimensionCondition> Where { get; init; } = [];

    /// <summary>What moves, as the metric catalogue names it; null when nothing does.</summary>
    public string? Metric { get; init; }

    /// <summary>The metric against its usual value, 1.3 to 5 (traffic lost: the usual value against the metric); null when nothing moves by a factor. A reading in percent stops below 100.</summary>
    public double? Effect { get; init; }

    /// <summary>The part of the touched requests that fail, 0 to 1.</summary>
    public double ErrorShare { get; init; }

    /// <summary>How long the touched rows take to arrive, in whole minutes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The dependency that is slow; its callers are <see cref="SeedWorld.Dependencies"/>'s.</summary>
    public string? Dependency { get; init; }

    /// <summary>The version that a deploy brings.</summary>
    public string? Version { get; init; }

    /// <summary>What a right answer says, in one sentence.</summary>
    public required string Expected { get; init; }

    /// <summary>The incident that was opened for it, INC- left out; null: none.</summary>
    public long? Incident { get; init; }

    /// <summary>Who opened it: a rule, or a person where no rule saw anything.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>What a right answer about the incident says: all the words of one of these; none: that the data shows no cause.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Right { get; init; } = [];

    /// <summary>Requests themselves are other than usual.</summary>
    public bool IsFelt => Kind is not (CauseKind.LateData or CauseKind.Distractor or CauseKind.ChangeWithoutEffect or CauseKind.Control);

    public bool Overlaps(PlantedCause other) => Onset < other.End && other.Onset < End;

    /// <summary>The value that the cause needs on that dimension; null: any.</summary>
    public string? On(string dimension) => Where.FirstOrDefault(condition => condition.Dimension == dimension)?.Value;
}
