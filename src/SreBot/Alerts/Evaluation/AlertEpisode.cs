using System.Security.Cryptography;
using System.Text;

namespace SreBot.Alerts.Evaluation;

/// <summary>Names episodes, so that the same tick worked again names the same one.</summary>
internal static class AlertEpisode
{
    /// <param name="since">The tick that triggered.</param>
    public static Guid Id(Guid alertId, string groupKey, DateTimeOffset since) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{alertId:N} {since.ToUnixTimeSeconds()} {groupKey}")).AsSpan(0, 16));
}
