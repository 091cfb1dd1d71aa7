namespace SreBot.Rca;

/// <summary>Without a change to explain: is the subject's server (or other single value) worse than its peers, and was it all along?</summary>
internal static class PeersPass
{
    private const int FewestPeers = 3;

    public static void Run(RcaBoard board)
    {
        if (board.Causes.Count > 0 || board.Input.Measure == RcaMeasure.Requests || board.Input.Subject is not [{ Dimension: "server_id" } subject] || board.Shifts.Single(subject.Dimension, subject.Value) is not { } cell)
            return;

        var measure = board.Input.Measure;
        var own = (cell.Past + cell.During).Mean(measure);
        var peers = board.Shifts.Singles(subject.Dimension).Where(peer => peer != cell).Select(peer => (peer.Past + peer.During).Mean(measure)).Where(value => !double.IsNaN(value)).ToList();
        if (peers.Count < FewestPeers || double.IsNaN(own))
            return;

        var (median, tally) = (Robust.Median(peers), cell.Past + cell.During);
        var error = Math.Max(Robust.Sigma(peers), Math.Sqrt(tally.Variance(measure) / tally.Count));
        var shift = new RcaShift(cell, measure, median, own, error > 0 ? (own - median) / error : 0, tally.Count * (own - median), tally.Count);
        if (Math.Abs(shift.Z) >= 6 && shift.Ratio >= 1.25)
        {
            board.Causes.Add(new RcaCause(RcaCauseKind.SlowServer, cell.Conditions, Math.Min(0.9, 1 - Math.Exp(-(shift.Z - 2.5) / 4)),
                RcaStatement.Of($"{cell.Name} is worse than its peers and was so before the time that was read: {Words.Title(measure)} {Words.Figure(measure, own)} against {Words.Figure(measure, median)} at its median peer."),
                [RcaStatement.Of($"Peers: the median of {peers.Count} others is {Words.Figure(measure, median)}."), RcaStatement.Of($"Own past: it was {Words.Figure(measure, cell.Past.Mean(measure))} before.")], shift));
        }
        else
            board.RuledOut.Add(RcaStatement.Of($"{cell.Name} against its peers: {Words.Figure(measure, own)}, and {Words.Figure(measure, median)} at its median peer."));
    }
}
