using SreBot.Model;

namespace SreBot.Rca;

/// <summary>All that the engine knows of one question.</summary>
internal sealed record RcaInput
{
    /// <summary>What moved, as far as the question tells.</summary>
    public required RcaMeasure Measure { get; init; }

    /// <summary>Whose symptom it is: the conditions of the incident or of the question; none: everybody's.</summary>
    public IReadOnlyList<DimensionCondition> Subject { get; init; } = [];

    /// <summary>A rule saw the subject move, though its mean may not have: a percentile moves with few requests.</summary>
    public bool IsKnownToMove { get; init; }

    public required TimeWindow Earlier { get; init; }
    public required TimeWindow Before { get; init; }
    public required TimeWindow During { get; init; }

    /// <summary>All requests, each value of each dimension, and each pair of values of two dimensions; values that are empty are left out.</summary>
    public required IReadOnlyList<RcaCell> Cells { get; init; }

    /// <summary>None where nothing records calls.</summary>
    public IReadOnlyList<RcaCall> Calls { get; init; } = [];

    /// <summary>Projects whose rows end before the others' do, each with its newest: the rest may still arrive. Only of a stretch that reaches up to now.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Behind { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Near the change, oldest first.</summary>
    public IReadOnlyList<RcaChange> Changes { get; init; } = [];
}
