using System.Text.RegularExpressions;
using SreBot.Model;

namespace SreBot.Planning;

/// <summary>What a question names of the dimensions: by its kind (<c>Server_9</c>, <c>/pay</c>, <c>eu-west-1</c>), and by a bare name that the tools look up.</summary>
internal static partial class EntityWords
{
    /// <summary>Every value that is named with its dimension, in the order of filters: server, project, endpoint, region, version, platform, service.</summary>
    public static IReadOnlyList<DimensionCondition> Typed(string text) =>
    [
        .. All("server_id", text, ServerWord(), match => $"Server_{match.Groups["id"].Value}"),
        .. All("project_id", text, ProjectWord(), match => $"Project_{match.Groups["id"].Value}"),
        .. All("endpoint", text, EndpointWord(), match => match.Value.TrimEnd('?', '.', ',', '!')),
        .. All("region", text, RegionWord(), match => match.Value.ToLowerInvariant()),
        .. All("version", text, VersionWord(), match => match.Groups["version"].Value),
        .. All("platform", text, PlatformWord(), match => match.Groups["name"].Value.ToLowerInvariant()),
        .. All("service", text, ServiceWord(), match => match.Groups["name"].Value).Where(service => !PlainWords.Has(service.Value)),
    ];

    /// <summary>Words that stand where a name stands and are no plain words: <c>why is checkout slow</c>, <c>payments errors</c>.</summary>
    public static IReadOnlyList<string> Bare(string text)
    {
        var words = Word().Matches(Strip(text)).Select(match => match.Value.TrimEnd('.', '-')).ToList();
        return [.. words.Where((word, i) => IsName(words, i) && !PlainWords.Has(Singular(word))).Distinct(StringComparer.OrdinalIgnoreCase).Take(3)];
    }

    /// <summary>The dimension that is to be ranked, such as <c>endpoint</c>; null when none is named by its kind.</summary>
    public static string? Kind(string text) => (ByKindWord().Match(text) is { Success: true } by ? by : KindWord().Match(text)) is { Success: true } match
        ? match.Groups["kind"].Value.ToLowerInvariant() switch
        {
            var word when ServerKind().IsMatch(word) => "server",
            var word when EndpointKind().IsMatch(word) => "endpoint",
            var word when ProjectKind().IsMatch(word) => "project",
            var word when PlatformKind().IsMatch(word) => "platform",
            var word when word.StartsWith("datacent", StringComparison.Ordinal) => "region",
            var word => word.Replace("micro", "", StringComparison.Ordinal).TrimEnd('s'),
        } : null;

    private static IEnumerable<DimensionCondition> All(string dimension, string text, Regex pattern, Func<Match, string> value) =>
        pattern.Matches(text).Select(match => new DimensionCondition(dimension, value(match))).DistinctBy(condition => condition.Value.ToLowerInvariant());

    private static string Strip(string text) => new[] { IncidentWord(), ServerWord(), ProjectWord(), EndpointWord(), RegionWord(), VersionWord() }.Aggregate(text, (rest, pattern) => pattern.Replace(rest, " # "));

    private static bool IsName(List<string> words, int i)
    {
        if (words[i].Length < 2 || !char.IsLetter(words[i][0]))
            return false;

        var before = i - 1;
        while (before >= 0 && Article().IsMatch(words[before]))
        {
            before--;
        }

        return words.Count == 1 || (before >= 0 && Leads().IsMatch(words[before])) || (i + 1 < words.Count && Follows().IsMatch(words[i + 1]));
    }

    private static string Singular(string word) => word.EndsWith("'s", StringComparison.OrdinalIgnoreCase) ? word[..^2] : word;

    [GeneratedRegex(@"\b(?:INC|incident)[-_ ]?#?\d{1,18}\b", RegexOptions.IgnoreCase)]
    private static partial Regex IncidentWord();

    [GeneratedRegex(@"\b(?:servers?|srv|host|node|box|machine)[-_ ]?#?(?<id>\d{1,6})\b|(?<=\bserver[-_ ]?\d{1,6}\s+(?:and|or|vs\.?|versus|with|to)\s+)#?(?<id>\d{1,6})\b(?!\s?(?:m|h|d|ms|min|hour|day)\w*\b)", RegexOptions.IgnoreCase)]
    private static partial Regex ServerWord();

    [GeneratedRegex(@"\bproj(?:ect)?s?[-_ ]?#?(?<id>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectWord();

    [GeneratedRegex(@"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+/[^\s,]*|(?<=\s|^)/[A-Za-z][\w/-]*", RegexOptions.IgnoreCase)]
    private static partial Regex EndpointWord();

    [GeneratedRegex(@"\b[a-z]{2}-[a-z]+-\d\b", RegexOptions.IgnoreCase)]
    private static partial Regex RegionWord();

    [GeneratedRegex(@"\b(?<version>v\d+(?:\.\d+)*)\b|\b(?:version|release|build)\s+(?<version>\d[\w.-]*)", RegexOptions.IgnoreCase)]
    private static partial Regex VersionWord();

    [GeneratedRegex(@"(?<![\w-])(?<name>web|mobile|api)\b(?![-\w]|\s+service)", RegexOptions.IgnoreCase)]
    private static partial Regex PlatformWord();

    [GeneratedRegex(@"\bservice\s+(?<name>[a-z][\w-]+)|\b(?<name>[a-z][\w-]+)\s+service\b", RegexOptions.IgnoreCase)]
    private static partial Regex ServiceWord();

    [GeneratedRegex(@"[\w#][\w.'’-]*")]
    private static partial Regex Word();

    [GeneratedRegex("^(?:the|our|my|a|an|your|all)$", RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    /// <summary>What stands before a name.</summary>
    [GeneratedRegex(@"^(?:why(?:'s)?|whys|is|are|was|were|of|for|on|in|from|to|with|without|hitting|about|only|just|and|or|vs|versus|against|does|did|do|how(?:'s)?|hows|using|affecting|at|via|inside|within|through|deploy|deployed|shipped|released|compare|check|investigate|debug|diagnose|explain|analy[sz]e|errors?|latency|traffic|cpu|memory|cost|rps|qps|p\d\d|95|99|slow|slower|slowness|failing|broken|than|by|what(?:'s)? up with|called|named|killing|hurting|slowing|blocking|breaking|wrecking)$", RegexOptions.IgnoreCase)]
    private static partial Regex Leads();

    /// <summary>What stands behind one.</summary>
    [GeneratedRegex(@"^(?:is|are|was|were|has|have|errors?|error|latency|latencies|slow|slowness|slower|failing|failures|down|erroring|broken|traffic|requests|cpu|memory|cost|costs|looks?|seems?|feels?|response|spike|spikes|timeouts?|p\d\d|p|rps|qps|throughput|performance|deploy|deploys|deployment|release|versions?|keeps?|got|went|still|not|5xx|[45]\d\ds?|vs|versus|slowest|isn't|isnt|wasn't|doing|health|percentiles?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Follows();

    private const string Kinds = @"servers?|hosts?|nodes?|box(?:es)?|machines?|instances?|pods?|services?|microservices?|endpoints?|routes?|urls?|paths?|regions?|datacent(?:er|re)s?|platforms?|devices?|clients?|projects?|tenants?|customers?|versions?";

    [GeneratedRegex($@"\b(?<kind>{Kinds})\b(?![-_ ]?#?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex KindWord();

    [GeneratedRegex($@"\b(?:by|per|each|every|across)\s+(?:the\s+)?(?<kind>{Kinds})\b", RegexOptions.IgnoreCase)]
    private static partial Regex ByKindWord();

    [GeneratedRegex("^(?:server|host|node|box|machine|instance|pod)(?:e?s)?$")]
    private static partial Regex ServerKind();

    [GeneratedRegex("^(?:endpoint|route|url|path)s?$")]
    private static partial Regex EndpointKind();

    [GeneratedRegex("^(?:project|tenant|customer)s?$")]
    private static partial Regex ProjectKind();

    [GeneratedRegex("^(?:platform|device|client)s?$")]
    private static partial Regex PlatformKind();
}
