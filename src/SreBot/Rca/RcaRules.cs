using SreBot.Model;

namespace SreBot.Rca;

/// <summary>The bounds that a move must pass before it is named.</summary>
internal static class RcaRules
{
    /// <summary>Chance reaches 4 once in 30,000 cells, and there are about 60 single values; pairs are a thousand and more.</summary>
    public const double LeastZ = 4;
    public const double LeastPairZ = 5;

    /// <summary>For the one server whose CPU or memory moved: chance has fewer to choose from.</summary>
    public const double LeastSuspectZ = 3;

    /// <summary>The bad direction, by enough to matter.</summary>
    public static bool IsNotable(RcaShift shift) => shift.Measure switch
    {
        RcaMeasure.Requests => shift.Ratio is >= 1.2 or <= 0.83,
        RcaMeasure.ErrorRate => shift.Move >= 1 && shift.Ratio >= 1.5,
        RcaMeasure.Cpu or RcaMeasure.Memory => shift.Move >= 4 && shift.Ratio >= 1.12,
        _ => shift.Ratio >= 1.15,
    };

    public static bool IsCertain(RcaShift shift) => Math.Abs(shift.Z) >= (shift.Cell.Conditions.Count == 2 ? LeastPairZ : LeastZ);

    /// <summary>A server's readings say nothing about an endpoint or a region; how much of the traffic a version gets is its roll-out, and no demand.</summary>
    public static bool Applies(RcaCell cell, RcaMeasure measure) => measure switch
    {
        RcaMeasure.Cpu or RcaMeasure.Memory => cell.IsAll || cell.Conditions is [{ Dimension: "server_id" }],
        RcaMeasure.Requests => cell.On("version") is null,
        _ => true,
    };

    /// <summary>The change event that brought the cell's version or touched its service, at most ten minutes before the change began and two after.</summary>
    public static RcaChange? Match(RcaInput input, RcaShifts shifts, RcaCell cell)
    {
        var version = cell.On("version");
        var service = cell.On("service") ?? ServiceOf(shifts, cell);
        return input.Changes.LastOrDefault(change => change.At >= input.During.From.AddMinutes(-10) && change.At <= input.During.From.AddMinutes(2)
            && (version is not null ? change.Version == version && (service is null || change.Service == service) : service is not null && change.Service == service));
    }

    /// <summary>The one service that serves the cell's endpoint; null when it has no endpoint or several serve it.</summary>
    public static string? ServiceOf(RcaShifts shifts, RcaCell cell)
    {
        if (cell.On("endpoint") is not { } endpoint)
            return null;

        var serving = shifts.Singles("service").Where(single => shifts.Pair(single.Conditions[0], new DimensionCondition("endpoint", endpoint)) is { During.Count: > 0 }).ToList();
        return serving is [var one] ? one.Conditions[0].Value : null;
    }
}
