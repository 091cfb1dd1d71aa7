using System.Text.RegularExpressions;

namespace SreBot.Evidence;

/// <summary>A time that hangs on what happened: <c>since the last deploy of checkout</c>, <c>before v42</c>, <c>during INC-3</c>.</summary>
/// <param name="Relation"><c>since</c>, <c>before</c>, <c>around</c> or <c>during</c>.</param>
/// <param name="Kind"><c>deploy</c>, <c>config</c> or <c>flag</c>; null: any change.</param>
/// <param name="Incident">Its number; the other names are null then.</param>
internal sealed partial record EventTime(string Relation, string? Kind, string? Service, string? Version, long? Incident)
{
    private const string Kinds = @"deploy(?:ment|s|ed)?|releases?|roll-?outs?|roll-?backs?|ship(?:ped)?|upgrade|push|config(?:uration)?(?:\s+change)?|(?:feature\s+)?flag(?:\s+(?:change|flip))?|change";
    private const string Of = @"(?:\s+(?:of|to|on|for|in)\s+(?:the\s+)?[a-z][\w-]*)?";

    /// <summary>All that <see cref="Read"/> reads; to stand in a longer pattern.</summary>
    public const string Pattern = $@"(?:(?:ever\s+)?(?:since|after|before|around|following)\s+(?:the\s+|our\s+|your\s+)?(?:(?:last|latest|previous|most recent|recent|newest)\s+)?(?:(?:[a-z][\w-]*\s+)??(?:{Kinds})\b{Of}(?:\s+v\d[\w.]*)?|(?:[a-z][\w-]*\s+)?v\d[\w.]*)(?:\s+(?:was\s+)?(?:deployed|shipped|released|went\s+(?:live|out)))?|(?:since|during|before|after|around)\s+INC[- ]?\d+(?:\s+(?:started|began|opened|fired))?)";

    /// <summary>As a person says it: <c>deploy of checkout v42</c>.</summary>
    public string What => $"{Kind switch { "config" or "flag" => $"{Kind} change", null when Version is null => "change", _ => "deploy" }}{(Service is null ? "" : $" of {Service}")}{(Version is null ? "" : $" {(Service is null ? "of " : "")}{Version}")}";

    /// <summary>Null when the text hangs on nothing that happened.</summary>
    public static EventTime? Read(string text)
    {
        if (Whole().Match(text.Trim()) is not { Success: true } match)
            return null;

        var relation = match.Groups["relation"].Value.ToLowerInvariant() switch { "after" or "following" => "since", var word => word };
        if (match.Groups["incident"].Success)
            return new EventTime(relation, null, null, null, long.TryParse(match.Groups["incident"].Value, out var incident) ? incident : 0);

        return new EventTime(relation, Known(match.Groups["kind"].Value.ToLowerInvariant()), Value(match, "service"), Value(match, "version"), null);
    }

    private static string? Known(string kind) => kind switch
    {
        "" or "change" => null,
        _ when kind.StartsWith("config", StringComparison.Ordinal) => "config",
        _ when kind.Contains("flag", StringComparison.Ordinal) => "flag",
        _ => "deploy",
    };

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } found ? found.Value : null;

    [GeneratedRegex($@"^(?:ever\s+)?(?<relation>since|after|before|around|following|during)\s+(?:(?:the\s+|our\s+|your\s+)?(?:(?:last|latest|previous|most recent|recent|newest)\s+)?(?:(?:(?<service>[a-z][\w-]*)\s+)??(?<kind>{Kinds})\b(?:\s+(?:of|to|on|for|in)\s+(?:the\s+)?(?<service>[a-z][\w-]*))?(?:\s+(?<version>v\d[\w.]*))?|(?:(?<service>[a-z][\w-]*)\s+)?(?<version>v\d[\w.]*))(?:\s+(?:was\s+)?(?:deployed|shipped|released|went\s+(?:live|out)))?|INC[- ]?(?<incident>\d+)(?:\s+(?:started|began|opened|fired))?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();
}
