namespace SreBot.Alerts.Evaluation;

/// <summary>What leaves for the outbox.</summary>
internal enum AlertNotice
{
    None,

    /// <summary>The episode becomes an incident.</summary>
    Opened,

    /// <summary>Its incident ends.</summary>
    Resolved,

    /// <summary>Data or the query went missing, or came back.</summary>
    Missing,
}
