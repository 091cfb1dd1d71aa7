using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SreBot.Adapters.Tests.Teams;

/// <summary>Keys of the test's own, and tokens signed with them: genuine unless a change is asked for.</summary>
internal sealed class TokenMint : IDisposable
{
    public const string AppId = "0a1b2c3d-0000-4000-8000-00000000abcd";
    public const string TenantId = "7e57ab1e-0000-4000-8000-000000000001";
    public const string OtherTenant = "7e57ab1e-0000-4000-8000-000000000002";
    public const string Issuer = "https://api.botframework.com";

    private readonly RSA bot = RSA.Create(2048);
    private readonly Lazy<RSA> entra = new(() => RSA.Create(2048));
    private readonly Lazy<RSA> stranger = new(() => RSA.Create(2048));
    private readonly Lazy<RSA> small = new(() => RSA.Create(1024));

    public JsonObject BotKeys => new()
    {
        ["keys"] = new JsonArray(
            Key(bot, "bot", "msteams", "webchat"), Key(bot, "bot-webchat", "webchat"), Key(bot, "bot-unendorsed"), Key(small.Value, "bot-small", "msteams"), Encryption()),
    };

    public JsonObject EntraKeys => new() { ["keys"] = new JsonArray(Key(entra.Value, "entra")) };

    public static JsonObject Claims(DateTimeOffset now, string serviceUrl) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = AppId,
        ["serviceurl"] = serviceUrl,
        ["nbf"] = now.ToUnixTimeSeconds() - 60,
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
    };

    public static JsonObject Header(string kid = "bot") => new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = kid };

    public string Bot(JsonObject header, JsonObject claims) => Sign(bot, header.ToJsonString(), claims.ToJsonString());

    public string BotRaw(string header, string claims) => Sign(bot, header, claims);

    public string Entra(JsonObject header, JsonObject claims) => Sign(entra.Value, header.ToJsonString(), claims.ToJsonString());

    public string Stranger(JsonObject header, JsonObject claims) => Sign(stranger.Value, header.ToJsonString(), claims.ToJsonString());

    public string Small(JsonObject header, JsonObject claims) => Sign(small.Value, header.ToJsonString(), claims.ToJsonString());

    /// <summary>The classic forgery: the public modulus as a shared secret.</summary>
    public string Hmac(JsonObject header, JsonObject claims)
    {
        var head = Parts(header.ToJsonString(), claims.ToJsonString());
        return head + "." + Base64Url.EncodeToString(HMACSHA256.HashData(bot.ExportParameters(false).Modulus!, Encoding.ASCII.GetBytes(head)));
    }

    public static string Parts(string header, string claims) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));

    public void Dispose()
    {
        bot.Dispose();
        foreach (var key in new[] { entra, stranger, small }.Where(key => key.IsValueCreated))
            key.Value.Dispose();
    }

    private static string Sign(RSA key, string header, string claims)
    {
        var head = Parts(header, claims);
        return head + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private JsonObject Encryption()
    {
        var key = Key(bot, "bot-encryption", "msteams");
        key["use"] = "enc";
        return key;
    }

    private static JsonObject Key(RSA key, string kid, params string[] endorsements)
    {
        var numbers = key.ExportParameters(false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = kid,
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
        if (endorsements.Length > 0)
            jwk["endorsements"] = new JsonArray([.. endorsements.Select(channel => (JsonNode)channel)]);
        return jwk;
    }
}
