using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SreBot.Access;

/// <summary>API tokens: 256 random bits behind a prefix that secret scanners can look for. PostgreSQL holds the SHA-256 alone.</summary>
internal static class AccessToken
{
    public const string Prefix = "srebot_";

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
