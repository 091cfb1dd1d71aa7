using SreBot.Evidence;
using SreBot.Model;
using SreBot.Telemetry;

namespace SreBot.Metrics;

/// <summary>A tool's arguments, resolved: a metric of the catalogue, a window on whole minutes, conditions as they are really written.</summary>
internal sealed record MetricQuestion(Metric Metric, MetricAggregate Aggregate, NamedWindow Named, IReadOnlyList<DimensionCondition> Filter)
{
    private static readonly TimeSpan[] Steps =
        [.. new[] { 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public TimeWindow Window => Named.Window;
    public string Unit => Metric.UnitOf(Aggregate);
    public string Title => MetricNames.Title(Metric, Aggregate);
    public string Of => FilterText.Describe(Filter);
    public string When => Named.Text;

    /// <summary>The finest step of at least that length that leaves at most 150 points.</summary>
    public TimeSpan Step(TimeSpan least) => Steps.FirstOrDefault(step => step >= least && Window.Length / step <= 150, Steps[^1]);

    public string Number(double value) => Figures.Number(value, Unit);

    public static async Task<MetricQuestion> ResolveAsync(ToolContext context, WindowReader windows, string? metric, string? aggregate, string? window, string? filter, CancellationToken cancel)
    {
        var (found, how) = MetricNames.Find(metric, aggregate);
        var when = await ReadWindowAsync(context, windows, window, null, cancel);
        return new MetricQuestion(found, how, when, await KnownNames.ResolveAsync(context, FilterText.Parse(filter), when.Window, cancel));
    }

    /// <param name="against">What "the same time yesterday" is a day before.</param>
    public static async Task<NamedWindow> ReadWindowAsync(ToolContext context, WindowReader windows, string? text, TimeWindow? against, CancellationToken cancel)
    {
        var named = await windows.ResolveAsync(context, text, against, cancel);
        return named with { Window = WholeMinutes(named.Window) };
    }

    /// <summary>A minute that has just begun would look like a loss of requests.</summary>
    private static TimeWindow WholeMinutes(TimeWindow window)
    {
        var to = window.To.AddTicks(-(window.To.Ticks % TimeSpan.TicksPerMinute));
        var from = window.From.AddTicks(-(window.From.Ticks % TimeSpan.TicksPerMinute));
        return to > from ? new TimeWindow(from, to) : new TimeWindow(from, from.AddMinutes(1));
    }
}
