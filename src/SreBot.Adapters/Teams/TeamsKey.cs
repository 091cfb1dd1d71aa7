using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace SreBot.Adapters.Teams;

/// <summary>A public RSA key of a key set (RFC 7517).</summary>
/// <param name="Endorsements">The channels that it may speak for; Entra's keys have none.</param>
internal sealed record TeamsKey(string Id, RSAParameters Public, IReadOnlyList<string> Endorsements)
{
    private const int FewestBits = 2048;

    /// <summary>Null for a key that must not be used: another type or use, too short, or malformed.</summary>
    public static TeamsKey? Read(JsonElement jwk)
    {
        if (jwk.TextAt("kty") != "RSA" || jwk.TextAt("use") is { } use && use != "sig" || jwk.TextAt("alg") is { } algorithm && algorithm != "RS256")
            return null;
        if (jwk.TextAt("kid") is not { Length: > 0 } id || jwk.TextAt("n") is not { } modulus || jwk.TextAt("e") is not { } exponent)
            return null;
        try
        {
            var key = new RSAParameters { Modulus = Base64Url.DecodeFromChars(modulus), Exponent = Base64Url.DecodeFromChars(exponent) };
            using var rsa = RSA.Create(key);
            var endorsements = jwk.At("endorsements").Items().Select(item => item.GetString() ?? "").ToList();
            return rsa.KeySize >= FewestBits ? new(id, key, endorsements) : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>RS256, and nothing else.</summary>
    public bool Signed(byte[] data, byte[] signature)
    {
        using var rsa = RSA.Create(Public);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
