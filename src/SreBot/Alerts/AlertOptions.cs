using System.ComponentModel.DataAnnotations;

namespace SreBot.Alerts;

/// <summary>Settings <c>Alerts:*</c>.</summary>
internal sealed class AlertOptions
{
    /// <summary>How long after a minute its last requests may still arrive, 0 seconds to 2 minutes; 5 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan Lag { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a minute without news is waited for, 1 minute to 1 hour; 3 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Time between two looks for a minute that is complete, 100 ms to 1 minute; 2 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a replica holds the rules after it was last heard of, 5 seconds to 10 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Minutes caught up after a stop, 1 to 1,440; 60 unless set. Older ones are skipped.</summary>
    [Range(1, 1440)]
    public int CatchUp { get; set; } = 60;

    /// <summary>Episodes that begin further back than this while catching up, and are over by the end of it, are told in one message; 1 minute to 1 day, 5 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan DigestAfter { get; set; } = TimeSpan.FromMinutes(5);
}
