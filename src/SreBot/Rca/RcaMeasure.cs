namespace SreBot.Rca;

/// <summary>What can move. All but <see cref="Requests"/> are means over requests.</summary>
internal enum RcaMeasure
{
    /// <summary>Mean execution time, ms.</summary>
    Latency,

    /// <summary>Failed requests, % of all.</summary>
    ErrorRate,

    /// <summary>Mean cost of a request, USD.</summary>
    Cost,

    /// <summary>Mean over the requests' readings, %.</summary>
    Cpu,

    /// <summary>Mean over the requests' readings, %.</summary>
    Memory,

    /// <summary>Requests a minute.</summary>
    Requests,
}
