using SreBot.Model;

namespace SreBot.Rca;

/// <summary>The requests that meet some conditions (none: all; one; or a pair), in three stretches: two before the change, so that each can be held
/// against the other, and one during it.</summary>
internal sealed record RcaCell(IReadOnlyList<DimensionCondition> Conditions, RcaTally Earlier, RcaTally Before, RcaTally During)
{
    /// <summary>Everything before the change.</summary>
    public RcaTally Past => Earlier + Before;

    public bool IsAll => Conditions.Count == 0;

    /// <summary>The value it needs on that dimension; null: any.</summary>
    public string? On(string dimension) => Conditions.FirstOrDefault(condition => condition.Dimension == dimension)?.Value;

    /// <summary>It holds the same values as the other wherever both name a dimension.</summary>
    public bool Agrees(IEnumerable<DimensionCondition> others) => others.All(other => On(other.Dimension) is null || On(other.Dimension) == other.Value);

    /// <summary>The same requests without those of the other, which must be a part of this one.</summary>
    public RcaCell Without(RcaCell part) => new(Conditions, Earlier - part.Earlier, Before - part.Before, During - part.During);

    /// <summary>As a person says it: <c>Server_9</c>, <c>v42 on POST /pay</c>, <c>mobile in eu-west-1</c>.</summary>
    public string Name => Describe(Conditions);

    public static string Describe(IReadOnlyList<DimensionCondition> conditions)
    {
        string? On(string dimension) => conditions.FirstOrDefault(condition => condition.Dimension == dimension)?.Value;
        return (conditions.Count, On("version"), On("endpoint"), On("service"), On("region"), On("platform")) switch
        {
            (0, _, _, _, _, _) => "everything",
            (2, { } version, { } endpoint, _, _, _) => $"{version} on {endpoint}",
            (2, { } version, _, { } service, _, _) => $"{service} {version}",
            (2, _, _, _, { } region, { } platform) => $"{platform} in {region}",
            (1, { } version, _, _, _, _) => $"version {version}",
            (1, _, _, { } service, _, _) => $"the service {service}",
            (1, _, _, _, { } region, _) => $"the region {region}",
            (1, _, _, _, _, { } platform) => $"the platform {platform}",
            _ => string.Join(" with ", conditions.Select(condition => condition.Value)),
        };
    }
}
