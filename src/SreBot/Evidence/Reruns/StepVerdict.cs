namespace SreBot.Evidence.Reruns;

/// <summary>How a step that ran again compares with its record.</summary>
internal enum StepVerdict
{
    /// <summary>The same table, floating-point sums within 1e-9 of each other.</summary>
    Same,

    /// <summary>Another table.</summary>
    Drifted,

    /// <summary>The rows are gone, or their time lies past the retention.</summary>
    Expired,

    /// <summary>It was not run: it came from PostgreSQL, or from other steps, and stands as it was recorded.</summary>
    Recorded,

    /// <summary>The store refused the query.</summary>
    Failed,
}
