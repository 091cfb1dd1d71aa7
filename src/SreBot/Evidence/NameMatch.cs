using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Finds the known value that a condition means, whatever its case and separators; an endpoint may leave out its method; a bare name may be of any dimension.</summary>
internal static class NameMatch
{
    private const int Listed = 8;

    /// <summary>Whose a bare name is when several dimensions have it.</summary>
    private static readonly string[] Order = ["service", "server_id", "endpoint", "project_id", "region", "platform", "version"];

    /// <param name="known">The most frequent value of a dimension first.</param>
    /// <exception cref="SreException">NotFound, naming the nearest known ones.</exception>
    public static IReadOnlyList<DimensionCondition> Resolve(IReadOnlyList<DimensionCondition> known, IEnumerable<DimensionCondition> conditions) =>
        [.. conditions.Select(condition => condition.Dimension == FilterText.AnyDimension ? Anywhere(known, condition.Value) : Within(known, condition)).Distinct()];

    private static DimensionCondition Within(IReadOnlyList<DimensionCondition> known, DimensionCondition condition)
    {
        var values = known.Where(name => name.Dimension == condition.Dimension).Select(name => name.Value).ToList();
        if (Same(condition.Dimension, condition.Value, values) is { } same)
            return condition with { Value = same };

        var near = NearestName.Of(condition.Value, values) is { Count: > 0 } names ? $"did you mean {string.Join(" or ", names)}?"
            : values.Count > 0 ? $"there are {List(values)}." : "no request in that time names one.";
        throw new SreException(SreErrorKind.NotFound, $"I see no {FilterText.Plain(condition.Dimension)} '{Short(condition.Value)}'; {near}");
    }

    private static DimensionCondition Anywhere(IReadOnlyList<DimensionCondition> known, string text)
    {
        foreach (var dimension in Order)
        {
            if (Same(dimension, text, [.. known.Where(name => name.Dimension == dimension).Select(name => name.Value)]) is { } same)
                return new DimensionCondition(dimension, same);
        }

        var near = NearestName.Of(text, known.Select(name => name.Value)).Select(value => known.First(name => name.Value == value)).ToList();
        var services = known.Where(name => name.Dimension == "service").Select(name => name.Value).ToList();
        throw new SreException(SreErrorKind.NotFound, $"I see nothing named '{Short(text)}'; " + (near.Count > 0
            ? $"did you mean {string.Join(" or ", near.Select(name => $"{FilterText.Plain(name.Dimension)} {name.Value}"))}?"
            : services.Count > 0 ? $"there are the services {List(services)}." : known.Count > 0 ? $"there are {List(known.Select(name => name.Value))}." : "no request in that time names anything."));
    }

    /// <summary>Null when there is none, and when several endpoints have that path.</summary>
    private static string? Same(string dimension, string text, IReadOnlyList<string> values) => NearestName.Same(text, values)
        ?? (dimension == "endpoint" && values.Where(value => NearestName.Same(text, [value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]]) is not null).ToList() is [var only] ? only : null);

    private static string List(IEnumerable<string> values)
    {
        var all = values.ToList();
        return $"{string.Join(", ", all.Take(Listed))}{(all.Count > Listed ? " and more" : "")}";
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
