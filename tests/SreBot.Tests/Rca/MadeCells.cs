using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Tests.Rca;

/// <summary>Counts requests by nothing, by each dimension and by each pair, as the reader's SQL does.</summary>
internal sealed class MadeCells
{
    private readonly Dictionary<(string, string), (List<DimensionCondition> Conditions, RcaTally[] Tallies)> cells = [];

    public void Add(MadeRequest request)
    {
        var stretch = request.Minute < MadeTraffic.QuietMinutes / 2 ? 0 : request.Minute < MadeTraffic.QuietMinutes ? 1 : 2;
        var values = request.Values.Select(entry => new DimensionCondition(entry.Key, entry.Value)).ToList();
        var tally = Tally(request);
        Count([], stretch, tally);
        for (var i = 0; i < values.Count; i++)
        {
            Count([values[i]], stretch, tally);
            for (var j = i + 1; j < values.Count; j++)
            {
                Count([values[i], values[j]], stretch, tally);
            }
        }
    }

    public List<RcaCell> ToCells() => [.. cells.Values.Select(cell => new RcaCell(cell.Conditions, cell.Tallies[0], cell.Tallies[1], cell.Tallies[2]))];

    private void Count(List<DimensionCondition> conditions, int stretch, RcaTally tally)
    {
        var key = (conditions is [var first, ..] ? first.Value : "", conditions is [_, var second] ? second.Value : "");
        if (!cells.TryGetValue(key, out var cell))
            cells[key] = cell = (conditions, new RcaTally[3]);

        cell.Tallies[stretch] += tally;
    }

    private static RcaTally Tally(MadeRequest request) => new()
    {
        Count = 1,
        Latency = request.Latency,
        LatencySquares = request.Latency * request.Latency,
        Errors = request.Fails ? 1 : 0,
        Cpu = request.Cpu,
        CpuSquares = request.Cpu * request.Cpu,
        Memory = request.Memory,
        MemorySquares = request.Memory * request.Memory,
    };
}
