using SreBot.Evidence;
using SreBot.Rca;

namespace SreBot.Changes;

/// <summary>What the requests of a service did after a change; it says when, and never why.</summary>
/// <param name="Moves">What moved.</param>
/// <param name="Known">All that could be compared.</param>
/// <param name="Requests">Before and after.</param>
/// <param name="After">How long after the change was looked at.</param>
internal sealed record ChangeEffect(IReadOnlyList<ChangeMove> Moves, IReadOnlyList<RcaShift> Known, double Requests, TimeSpan After)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(30);

    private string When => After >= ChangeEffects.Stretch ? $"in the {Figures.Length(After)} after" : $"in the {Figures.Length(After)} since";

    public override string ToString() => (Requests, Known.Count, Moves.Count) switch
    {
        _ when After < Soonest => "too recent to tell",
        (0, _, _) => "no requests of it are recorded",
        (_, 0, _) => "too few requests to tell",
        (_, _, 0) => $"steady {When}: {string.Join(", ", Known.Select(shift => $"{Words.Title(shift.Measure)} {Number(shift, shift.To)}"))}",
        _ => $"{string.Join(", ", Moves.Select(move => $"{Words.Title(move.Shift.Measure)} {Number(move.Shift, move.Shift.From)} to {Number(move.Shift, move.Shift.To)}{(move.BeganBefore ? " (moving before it already)" : "")}"))} {When}",
    };

    private static string Number(RcaShift shift, double value) => Figures.Number(value, Words.Unit(shift.Measure));
}
