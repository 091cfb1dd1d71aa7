using System.Text.RegularExpressions;

namespace SreBot.Planning;

/// <summary>The metric that a question names, and what is to be made of it.</summary>
internal static partial class MetricWords
{
    /// <summary>A metric of the catalogue, or one that people expect and that there is not: its tool answers with those that there are. Null when none is named.</summary>
    public static string? Metric(string text) => text switch
    {
        _ when ErrorWord().IsMatch(text) => "error_rate",
        _ when CpuWord().IsMatch(text) => "cpu",
        _ when MemoryWord().IsMatch(text) => "memory",
        _ when CostWord().IsMatch(text) => "cost",
        _ when LatencyWord().IsMatch(text) => "latency",
        _ when TrafficWord().IsMatch(text) => "requests",
        _ => OtherWord().Match(text) is { Success: true } other ? other.Value.ToLowerInvariant() : null,
    };

    /// <summary><c>p95</c> and the like, <c>max</c>, <c>mean</c> or <c>rate</c>, where the metric has it.</summary>
    public static string? Aggregate(string text, string? metric) => Percentile(text) ?? (metric switch
    {
        "cpu" or "memory" or "latency" when MaxWord().IsMatch(text) => "max",
        "cpu" or "memory" or "latency" or "cost" when MeanWord().IsMatch(text) => "mean",
        "requests" when RateWord().IsMatch(text) => "rate",
        _ => null,
    });

    /// <summary>Whether a percentile is asked for, by number or not.</summary>
    public static bool AsksPercentile(string text) => PercentileWord().IsMatch(text);

    private static string? Percentile(string text) => PercentileWord().Match(text) is not { Success: true } match ? null
        : match.Groups["p"].Success ? $"p{match.Groups["p"].Value}"
        : match.Value.StartsWith("median", StringComparison.OrdinalIgnoreCase) ? "p50"
        : match.Value.StartsWith("tail", StringComparison.OrdinalIgnoreCase) ? "p99" : null;

    [GeneratedRegex(@"\berror(?:s|ing|ed)?\b|\berror[ _]rate\b|\bfail(?:s|ed|ing|ures?)?\b|\b[45]xx\b|\b[45]\d\ds?\b(?!\s*(?:ms|m|rps|requests|users))|\bbroken\b|\bexceptions?\b|\btim(?:e|ed|es|ing)?[\s-]*outs?\b|\bavailab\w+\b|\buptime\b|\bsuccess(?:ful)?(?: rate)?\b|\bcrash\w*\b|\bbugs?\b", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorWord();

    [GeneratedRegex(@"\bcpu\b|\bprocessor\b|\bhot(?:test)?\b|\bnois(?:y|iest) neighbou?rs?\b|\boverheat\w*\b|\bpegged\b", RegexOptions.IgnoreCase)]
    private static partial Regex CpuWord();

    [GeneratedRegex(@"\bmemory\b|\bram\b|\bmem\b|\bheap\b|\boom\b|\bleak(?:s|ing)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex MemoryWord();

    [GeneratedRegex(@"\bcost(?:s|ing|ly)?\b|\bspen(?:d|ds|ding|der|ders|t)\b|\bexpensive\b|\bdollars?\b|\bmoney\b|\bcheap(?:er|est)?\b|\bbill\b|\busd\b", RegexOptions.IgnoreCase)]
    private static partial Regex CostWord();

    [GeneratedRegex(@"\blatenc(?:y|ies)\b|\bslow(?:er|est|ly|ness|ing|s|ed)?\b|\bslowdowns?\b|\blag(?:gy|ging|s)?\b|\bsluggish\b|\bfast(?:er|est)?\b|\bresponse times?\b|\bexecution[ _]times?\b|\bduration\b|\bp\s?\d\d\b|\bpercentiles?\b|\bmedian\b|\bhow long\b|\bload(?:ing)? times?\b", RegexOptions.IgnoreCase)]
    private static partial Regex LatencyWord();

    [GeneratedRegex(@"\brequests?\b|\btraffic\b|\bthroughput\b|\b[rq]ps\b|\breqs?\b|\bload(?:ed)?\b|\bbus(?:y|iest|ier)\b|\bvolume\b|\b(?:top )?talkers?\b|\bquiet(?:est|er)?\b|\bhits\b|\bcalls\b", RegexOptions.IgnoreCase)]
    private static partial Regex TrafficWord();

    /// <summary>What people ask for and nobody records here.</summary>
    [GeneratedRegex(@"\b(?:apdex|disk|iops|network|bandwidth|queue|saturation|slo|sla|gc|threads|connections)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherWord();

    [GeneratedRegex(@"\bmax(?:imum)?\b|\bpeak\b", RegexOptions.IgnoreCase)]
    private static partial Regex MaxWord();

    [GeneratedRegex(@"\bavg\b|\baverage\b|\bmean\b", RegexOptions.IgnoreCase)]
    private static partial Regex MeanWord();

    [GeneratedRegex(@"\brate\b|\b(?:per|a|each) sec(?:ond)?\b|\b[rq]ps\b|\breqs?/s(?:ec)?\b|\bthroughput\b", RegexOptions.IgnoreCase)]
    private static partial Regex RateWord();

    [GeneratedRegex(@"\bp\s?(?<p>\d\d)\b(?!\.\d)|\b(?<p>\d\d)(?:th)? ?percentile\b|\b(?<p>\d\d)th\b|\bmedian\b|\bpercentiles?\b|\btail(?= latenc)", RegexOptions.IgnoreCase)]
    private static partial Regex PercentileWord();
}
