namespace SreBot.Tests.Telemetry;

/// <summary>What the front does to its next answer.</summary>
internal enum FrontFault
{
    None,

    /// <summary>Half the body, then the server's error mark with this answer's tag, then broken framing.</summary>
    ErrorInMidStream,

    /// <summary>Half the body, then nothing.</summary>
    Cut,

    /// <summary>503 without ClickHouse's headers, as a proxy before a dead server says it.</summary>
    BadGateway,
}
