using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Evidence;

/// <summary>Reads conditions such as <c>server = Server_9 and region = eu-west-1</c>, and bare names such as <c>checkout</c>.</summary>
internal static partial class FilterText
{
    /// <summary>Stands as the dimension of a bare name until <see cref="KnownNames"/> finds whose it is.</summary>
    public const string AnyDimension = "";

    private const int LongestName = 200;

    /// <summary>Empty for null or blank.</summary>
    /// <exception cref="SreException">Invalid, with an example.</exception>
    public static IReadOnlyList<DimensionCondition> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];

        return [.. Separator().Split(text.Trim()).Select(part => Term().Match(part) is { Success: true } term
            ? new DimensionCondition(Dimension(term.Groups["dimension"].Value), term.Groups["value"].Value.Trim().Trim('\'', '"'))
            : Bare(part) ?? throw new SreException(SreErrorKind.Invalid, "A filter reads like: server = Server_9 and region = eu-west-1, or checkout."))];
    }

    /// <summary>The column of a dimension as people name it: <c>server</c>, <c>regions</c>, <c>project_id</c>.</summary>
    /// <exception cref="SreException">Invalid, naming the known ones.</exception>
    public static string Dimension(string word)
    {
        var name = word.Trim().ToLowerInvariant();
        return Dimensions.All.FirstOrDefault(known => name == known || name == Plain(known) || name.TrimEnd('s') == Plain(known))
            ?? throw new SreException(SreErrorKind.Invalid, $"There is no dimension '{name}'; use {string.Join(", ", Dimensions.All.Select(Plain))}.");
    }

    private static DimensionCondition? Bare(string part)
    {
        var name = part.Trim().Trim('\'', '"', '`');
        if (name.Length is 0 or > LongestName || name.IndexOfAny(['=', '<', '>', '!', '~']) >= 0)
            return null;

        return Spoken().Match(name) is { Success: true } spoken && !spoken.Groups["value"].Value.All(char.IsDigit) && Dimensions.All.FirstOrDefault(known => string.Equals(Plain(known), spoken.Groups["dimension"].Value, StringComparison.OrdinalIgnoreCase)) is { } dimension
            ? new DimensionCondition(dimension, spoken.Groups["value"].Value) : new DimensionCondition(AnyDimension, name);
    }

    public static string Plain(string dimension) => dimension.Replace("_id", "", StringComparison.Ordinal);

    public static string Describe(IReadOnlyList<DimensionCondition> filter) =>
        filter.Count == 0 ? "all requests" : string.Join(", ", filter.Select(condition => condition.Dimension is "server_id" or "project_id" or "endpoint" ? condition.Value : $"{Plain(condition.Dimension)} {condition.Value}"));

    [GeneratedRegex(@"\s*(?:,|;|&&?|\band\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*(?<dimension>\w+)\s*(?:==?|:|\bis\b)\s*(?<value>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Term();

    [GeneratedRegex(@"^(?<dimension>[a-z]+)\s+(?<value>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Spoken();
}
