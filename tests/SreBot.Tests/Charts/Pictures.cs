using SreBot.Adapters.Chat;
using SreBot.Charts;

namespace SreBot.Tests.Charts;

/// <summary>The pictures that are kept as golden files: each kind once, and what is hard to draw.</summary>
internal static class Pictures
{
    private const string Odd = "‏خدمة الدفع‏ שירות 支払いサービス <script>&\"'\u0001\u202e 🙂";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["line"] = ChartSvg.Render(Chart("Requests of checkout", "requests", [Line("checkout", 180, step => 900 + (60 * Wave(step)))])),
        ["incident"] = ChartSvg.Render(Sample.Chart() with { Band = Usual }),
        ["band-of-nothing"] = ChartSvg.Render(Chart("Error rate of POST /pay", "%", [Line("POST /pay", 120, step => step < 80 ? 0 : 9 + Wave(step))]) with { Band = Band(120, _ => (0, 0)) }),
        ["gaps"] = ChartSvg.Render(Chart("CPU of Server_4", "%", [Line("Server_4", 120, step => step % 40 is > 25 and < 35 || step is 20 or 22 ? null : 40 + (5 * Wave(step)))]) with { Band = Band(120, step => step is > 60 and < 75 ? null : (33, 47)) }),
        ["many-lines"] = ChartSvg.Render(Chart("Latency of the services", "ms", [.. Enumerable.Range(1, 11).Select(one => Line($"service-{one}", 60, step => (10 * one) + Wave(step * one)))])),
        ["long-names"] = ChartSvg.Render(Chart($"Latency p95 of {Long} against all of the other services of its region", "ms", [Line(Long, 60, step => 30 + Wave(step)), Line("all others", 60, step => 20 + Wave(step), isContext: true)]) with { Threshold = 34.5, Highlight = new(Sample.Start.AddMinutes(80), Sample.Start.AddMinutes(118), Long) }),
        ["odd-text"] = ChartSvg.Render(Chart(Odd, "<ms>", [Line(Odd, 60, step => 30 + Wave(step))]) with { Highlight = new(Sample.Start.AddMinutes(20), Sample.Start.AddMinutes(60), Odd) }),
        ["below-zero"] = ChartSvg.Render(Chart("Change of the cost", "USD", [Line("Project_1", 60, step => 2 * Wave(step))]) with { Band = Band(60, _ => (-1.5, 1.5)) }),
        ["one-moment"] = ChartSvg.Render(Chart("Latency of Server_1", "ms", [Line("Server_1", 1, _ => 12)]) with { Threshold = 20 }),
        ["empty"] = ChartSvg.Render(Chart("Latency of Server_1", "ms", [])),
        ["bars"] = ChartSvg.Render(Bars("How well the data carries each cause", "%", ("v42 on POST /pay", 93, "93% (strong)"), ("the region eu-west-1", 61, "61% (moderate)"), ("Server_4", 8, "8% (weak)"))),
        ["bars-many"] = ChartSvg.Render(Bars("Requests by endpoint", "requests", [.. Enumerable.Range(1, 15).Select(one => ($"GET /catalogue/{one}", 24_000.0 / one, $"{24_000 / one:#,0} requests"))])),
        ["bars-odd"] = ChartSvg.Render(Bars(Odd, "%", (Long, 40, $"40% ({Long})"), (Odd, 20, Odd), ("not a number", double.NaN, "no data"), ("below zero", -3, "-3%"), ("zero", 0, "0%"))),
        ["bars-empty"] = ChartSvg.Render(Bars("Causes", "%")),
    };

    private static string Long => "GET /v2/organizations/{organization}/projects/{project}/checkout-sessions/{session}/payment-methods";

    private static ReplyBand Usual => Band(180, step => (8.6 + (0.4 * Wave(step)), 14.2 + (0.4 * Wave(step))));

    private static ReplyChart Chart(string title, string unit, IReadOnlyList<ReplySeries> series) => new(title, unit, $"What {title} shows.", series);

    private static ReplySeries Line(string name, int count, Func<int, double?> value, bool isContext = false) =>
        new(name, [.. Enumerable.Range(0, count).Select(step => new ReplyPoint(Sample.Start.AddMinutes(2 * step), value(step)))], isContext);

    private static ReplyBand Band(int count, Func<int, (double Low, double High)?> ends) =>
        new("usual range", [.. Enumerable.Range(0, count).Select(step => new ReplyBandPoint(Sample.Start.AddMinutes(2 * step), ends(step)?.Low, ends(step)?.High))]);

    private static ReplyBars Bars(string title, string unit, params (string Name, double Value, string Label)[] bars) =>
        new(title, unit, $"What {title} shows.", [.. bars.Select(bar => new ReplyBar(bar.Name, bar.Value, bar.Label))]);

    private static double Wave(int step) => Math.Sin(step * 0.31) + (0.6 * Math.Sin(step * 1.7));
}
