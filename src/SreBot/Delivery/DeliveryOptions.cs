using System.ComponentModel.DataAnnotations;

namespace SreBot.Delivery;

/// <summary>Settings <c>Delivery:*</c>.</summary>
internal sealed class DeliveryOptions
{
    /// <summary>Time between two looks at the outbox when nothing woke the loop, 100 ms to 1 minute; 1 second unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker may hold a row, 5 seconds to 10 minutes; 30 seconds unless set. An attempt is stopped a sixth before its end.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts before a row is dead, 1 to 1,000; 20 unless set. A receiver that asked to wait costs none.</summary>
    [Range(1, 1000)]
    public int Attempts { get; set; } = 20;

    /// <summary>Rows worked at once, 2 to 64; 16 unless set.</summary>
    [Range(2, 64)]
    public int Parallel { get; set; } = 16;

    /// <summary>Of these for one channel or receiver, 1 to 16; 2 unless set: one that hangs holds up no other.</summary>
    [Range(1, 16)]
    public int PerTarget { get; set; } = 2;
}
