using System.Security.Cryptography;
using System.Text;

namespace SreBot.Delivery.Http;

/// <summary>Signs as standardwebhooks.com says, so that a receiver may use that project's libraries.</summary>
internal static class WebhookSignature
{
    public const string Prefix = "whsec_";

    /// <summary>A new key of 256 bits.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    /// <param name="timestamp">Unix seconds, as in <c>webhook-timestamp</c>.</param>
    public static string Of(string secret, string id, long timestamp, string body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")))}";
}
