using System.Security.Cryptography;
using System.Text;
using SreBot.Delivery.Receivers;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>One row on its way to a receiver that is not a chat.</summary>
/// <param name="IsOvertaken">A later row of the same subject has reached the receiver: this one was dead and is sent again.</param>
internal sealed record Notification(OutboxItem Item, NotifyPayload Payload, NotifyFacts Facts, Receiver Receiver, bool IsOvertaken)
{
    /// <summary>The same for every attempt at this row, and for no other row.</summary>
    public string Key { get; } = KeyOf(Item);

    private static string KeyOf(OutboxItem item)
    {
        var row = $"{item.OrganizationId}\n{item.Subject}\n{item.Sequence}\n{item.Handler}\n{item.Target}";
        return $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row)).AsSpan(0, 16))}";
    }
}
