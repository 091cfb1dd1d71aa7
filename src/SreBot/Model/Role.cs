namespace SreBot.Model;

/// <summary>What a principal may do; each role may do what the one before it may.</summary>
internal enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Also changes alerts and incidents.</summary>
    Sre,

    /// <summary>Also changes principals, channel links and settings.</summary>
    Admin,
}
