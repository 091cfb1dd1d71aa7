namespace SreBot.Alerts.States;

/// <summary>What leaves for the outbox.</summary>
internal enum AlertNotice
{
    None,

    /// <summary>The episode becomes an incident.</summary>
    Opened,

    /// <summary>It is still triggered and the rule wants to be heard again, or it triggered again in the same episode after data was missing.</summary>
    Repeated,

    /// <summary>Its incident ends.</summary>
    Resolved,

    /// <summary>Data or the query went missing, or came back.</summary>
    Missing,
}
