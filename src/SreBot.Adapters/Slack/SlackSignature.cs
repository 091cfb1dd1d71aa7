using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace SreBot.Adapters.Slack;

/// <summary>Slack's request signature, over the bytes as they came (docs.slack.dev/authentication/verifying-requests-from-slack).</summary>
internal static class SlackSignature
{
    public const string SignatureHeader = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    /// <summary>Older or newer than this, a request may be a replay.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(300);

    private const string Prefix = "v0=";
    private const int HexLength = 64;

    /// <summary>True when there is exactly one of each header, the time is near, and the digest fits.</summary>
    public static bool IsValid(string secret, StringValues timestamp, StringValues signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (timestamp.Count != 1 || signature.Count != 1 || timestamp[0] is not { } at || signature[0] is not { } given)
            return false;
        if (!IsNear(at, now) || given.Length != Prefix.Length + HexLength || !given.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var expected = Sign(secret, at, body);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given));
    }

    /// <summary>The header value that Slack would send for that timestamp and body.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return Prefix + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static bool IsNear(string timestamp, DateTimeOffset now) =>
        timestamp.Length is > 0 and <= 11
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= MaxSkew.TotalSeconds;
}
