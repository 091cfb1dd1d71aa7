using System.Text.RegularExpressions;
using SreBot.Evidence;

namespace SreBot.Planning;

/// <summary>What a question names: incident, entities, metric, time.</summary>
internal sealed partial record QuestionWords(string Text)
{
    private const string Kinds = "servers?|services?|endpoints?|regions?|platforms?|projects?|versions?";

    public string? Incident => IncidentWord().Match(Text) is { Success: true } match ? $"INC-{match.Groups["id"].Value}" : null;
    public string? Server => ServerWord().Match(Text) is { Success: true } match ? $"Server_{match.Groups["id"].Value}" : null;
    public string? Project => ProjectWord().Match(Text) is { Success: true } match ? $"Project_{match.Groups["id"].Value}" : null;
    public string? Window => TimeText.Mention(Text);

    /// <summary>Two times, the first and the last named; null when there are not two.</summary>
    public (string First, string Second)? Windows
    {
        get
        {
            if (TimeText.Mention(Text) is not { } last)
                return null;

            var at = Text.LastIndexOf(last, StringComparison.OrdinalIgnoreCase);
            return TimeText.Mention(Text[..at]) is { } first ? (first, last) : null;
        }
    }

    /// <summary>The dimension that is to be ranked, such as <c>endpoint</c>; null when none is named by its kind.</summary>
    public string? Kind => KindWord().Match(Text) is { Success: true } match ? match.Groups["kind"].Value.ToLowerInvariant().TrimEnd('s') : null;

    /// <summary>Conditions on server, project, endpoint, region, version, platform and service as a filter's text; null when none is named.</summary>
    public string? Filter
    {
        get
        {
            var terms = new List<string>();
            if (Server is { } server)
                terms.Add($"server = {server}");
            if (Project is { } project)
                terms.Add($"project = {project}");
            terms.AddRange(OtherTerms());
            return terms.Count > 0 ? string.Join(" and ", terms) : null;
        }
    }

    /// <summary>The filter without server and project.</summary>
    public string? OtherFilter => OtherTerms().ToList() is { Count: > 0 } terms ? string.Join(" and ", terms) : null;

    /// <summary>A metric of the catalogue; null when none is named.</summary>
    public string? Metric => Text switch
    {
        _ when ErrorWord().IsMatch(Text) => "error_rate",
        _ when CpuWord().IsMatch(Text) => "cpu",
        _ when MemoryWord().IsMatch(Text) => "memory",
        _ when CostWord().IsMatch(Text) => "cost",
        _ when LatencyWord().IsMatch(Text) => "latency",
        _ when TrafficWord().IsMatch(Text) => "requests",
        _ => null,
    };

    /// <summary><c>p95</c> and the like, <c>max</c> or <c>mean</c>, where the metric has it.</summary>
    public string? Aggregate => Percentile ?? (Metric is "cpu" or "memory" or "latency" && MaxWord().IsMatch(Text) ? "max" : Metric is "requests" && RateWord().IsMatch(Text) ? "rate" : null);

    public string? Percentile => PercentileWord().Match(Text) is { Success: true } match ? match.Groups["p"].Success && match.Groups["p"].Value is "50" or "90" or "95" or "99" ? $"p{match.Groups["p"].Value}" : match.Value.Equals("median", StringComparison.OrdinalIgnoreCase) ? "p50" : null : null;

    public int? Count => CountWord().Match(Text) is { Success: true } match && int.TryParse(match.Groups["count"].Value, out var count) ? count : null;

    private IEnumerable<string> OtherTerms()
    {
        if (EndpointWord().Match(Text) is { Success: true } endpoint)
            yield return $"endpoint = {endpoint.Value.TrimEnd('?', '.', ',', '!')}";
        if (RegionWord().Match(Text) is { Success: true } region)
            yield return $"region = {region.Value}";
        if (VersionWord().Match(Text) is { Success: true } version)
            yield return $"version = {version.Value}";
        if (PlatformWord().Match(Text) is { Success: true } platform)
            yield return $"platform = {platform.Groups["name"].Value}";
        if (ServiceWord().Match(Text) is { Success: true } service)
            yield return $"service = {service.Groups["name"].Value}";
    }

    [GeneratedRegex(@"\b(?:INC|incident)[-_ ]?#?(?<id>\d{1,18})\b", RegexOptions.IgnoreCase)]
    private static partial Regex IncidentWord();

    [GeneratedRegex(@"\b(?:server|srv|host|node)[-_ ]?#?(?<id>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex ServerWord();

    [GeneratedRegex(@"\bproject[-_ ]?#?(?<id>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex ProjectWord();

    [GeneratedRegex($@"\b(?<kind>{Kinds})\b(?![-_ ]?#?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex KindWord();

    [GeneratedRegex(@"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\s+/[^\s,]*|(?<=\s)/[\w/-]+")]
    private static partial Regex EndpointWord();

    [GeneratedRegex(@"\b[a-z]{2}-[a-z]+-\d\b")]
    private static partial Regex RegionWord();

    [GeneratedRegex(@"\bv\d+(?:\.\d+)*\b")]
    private static partial Regex VersionWord();

    [GeneratedRegex(@"\b(?:on|for|from|platform)\s+(?:the\s+)?(?<name>web|mobile|api)\b|\b(?<name>web|mobile|api)\s+(?:platform|users|clients|requests|latency|errors)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PlatformWord();

    [GeneratedRegex(@"\bservice\s+(?!has|have|is|was|with|by|the|are)(?<name>[a-z][\w-]+)|\b(?!which|what|the|a|slowest|worst|each|every|by|this|our|per|top|busiest)(?<name>[a-z][\w-]+)\s+service\b", RegexOptions.IgnoreCase)]
    private static partial Regex ServiceWord();

    [GeneratedRegex(@"\berrors?\b|\berror[ _]rate\b|\bfail(?:s|ed|ing|ures?)?\b|\b5xx\b|\b500s?\b|\bbroken\b", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorWord();

    [GeneratedRegex(@"\bcpu\b|\bprocessor\b", RegexOptions.IgnoreCase)]
    private static partial Regex CpuWord();

    [GeneratedRegex(@"\bmemory\b|\bram\b|\bmem\b", RegexOptions.IgnoreCase)]
    private static partial Regex MemoryWord();

    [GeneratedRegex(@"\bcosts?\b|\bspend(?:ing)?\b|\bexpensive\b|\bdollars?\b|\bmoney\b", RegexOptions.IgnoreCase)]
    private static partial Regex CostWord();

    [GeneratedRegex(@"\blatenc(?:y|ies)\b|\bslow(?:er|est|ly|ness)?\b|\bfast(?:er|est)?\b|\bresponse times?\b|\bexecution[ _]times?\b|\bduration\b|\bp\d\d\b|\bpercentiles?\b|\bmedian\b", RegexOptions.IgnoreCase)]
    private static partial Regex LatencyWord();

    [GeneratedRegex(@"\brequests?\b|\btraffic\b|\bthroughput\b|\brps\b|\bload\b|\bbus(?:y|iest|ier)\b|\bvolume\b", RegexOptions.IgnoreCase)]
    private static partial Regex TrafficWord();

    [GeneratedRegex(@"\bmax(?:imum)?\b|\bpeak\b", RegexOptions.IgnoreCase)]
    private static partial Regex MaxWord();

    [GeneratedRegex(@"\brate\b|\bper second\b|\brps\b", RegexOptions.IgnoreCase)]
    private static partial Regex RateWord();

    [GeneratedRegex(@"\bp(?<p>\d\d)\b|\bmedian\b|\bpercentiles?\b", RegexOptions.IgnoreCase)]
    private static partial Regex PercentileWord();

    [GeneratedRegex(@"\b(?:top|first|worst)\s+(?<count>\d{1,2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex CountWord();
}
