namespace SreBot.Delivery;

/// <summary>What this process works at, and which targets asked to be left alone.</summary>
internal sealed class OutboxSlots
{
    private readonly Lock gate = new();
    private readonly Dictionary<OutboxTarget, int> working = [];
    private readonly Dictionary<OutboxTarget, DateTimeOffset> resting = [];

    public int Taken
    {
        get
        {
            lock (gate)
            {
                return working.Values.Sum();
            }
        }
    }

    /// <summary>The targets that get nothing more now: they have their share of slots, or asked to wait.</summary>
    /// <param name="mostOwn">Of one handler of SreBot's own work.</param>
    public IReadOnlyList<OutboxTarget> Crowded(int mostATarget, int mostOwn, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var (target, until) in resting.Where(rest => rest.Value <= now).ToList())
            {
                resting.Remove(target);
            }

            return [.. resting.Keys.Union(working.Where(work => work.Value >= (work.Key.Target == OutboxTarget.Self ? mostOwn : mostATarget)).Select(work => work.Key))];
        }
    }

    public void Enter(OutboxItem item)
    {
        lock (gate)
        {
            var target = OutboxTarget.Of(item);
            working[target] = working.GetValueOrDefault(target) + 1;
        }
    }

    public void Leave(OutboxItem item)
    {
        lock (gate)
        {
            var target = OutboxTarget.Of(item);
            if (--working[target] == 0)
            {
                working.Remove(target);
            }
        }
    }

    /// <summary>A receiver asked to wait: what else waits for it would be refused as well.</summary>
    public void Rest(OutboxItem item, DateTimeOffset until)
    {
        if (item.Target == OutboxTarget.Self)
        {
            return;
        }

        lock (gate)
        {
            resting[OutboxTarget.Of(item)] = until;
        }
    }
}
