namespace SreBot.Telemetry.Sources;

/// <summary>Whose tables hold the requests.</summary>
internal enum SourceMode
{
    /// <summary>SreBot's: requests are sent to it.</summary>
    Own,

    /// <summary>Another's table, of which SreBot keeps roll-ups in its own database.</summary>
    Mapped,

    /// <summary>Another's table, and SreBot writes nothing to the server.</summary>
    ReadOnly,
}
