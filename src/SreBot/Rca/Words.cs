namespace SreBot.Rca;

/// <summary>The words for measures and dimensions.</summary>
internal static class Words
{
    public static RcaFigure Figure(RcaMeasure measure, double value) => new(value, Unit(measure));

    public static string Unit(RcaMeasure measure) => measure switch
    {
        RcaMeasure.Latency => "ms",
        RcaMeasure.Cost => "USD",
        RcaMeasure.Requests => "requests/min",
        _ => "%",
    };

    public static string Title(RcaMeasure measure) => measure switch
    {
        RcaMeasure.Latency => "mean latency",
        RcaMeasure.ErrorRate => "error rate",
        RcaMeasure.Cost => "mean cost",
        RcaMeasure.Cpu => "CPU",
        RcaMeasure.Memory => "memory",
        _ => "traffic",
    };

    public static string Dimension(string dimension) => dimension.Replace("_id", "", StringComparison.Ordinal);
}
