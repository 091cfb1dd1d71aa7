namespace SreBot.Alerts;

/// <summary>A rule that is set aside because it cannot be evaluated.</summary>
internal sealed record AlertFault
{
    public Guid AlertId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; init; }

    /// <summary>In a sentence.</summary>
    public string Why { get; init; } = "";
}
