using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SreBot.Adapters.Teams;

/// <summary>A signed token (RFC 7515, RFC 7519) taken apart; nothing in it is proven yet.</summary>
/// <param name="Signed">The part that the signature covers.</param>
internal sealed record TeamsJwt(JsonElement Header, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>Microsoft's tokens are below 3,000 characters.</summary>
    private const int LongestToken = 16_384;
    private const string Scheme = "Bearer ";

    /// <summary>Null unless the header is <c>Bearer</c> and one three-part token of two JSON objects, each name once.</summary>
    public static TeamsJwt? Read(string? authorization)
    {
        if (authorization is null || authorization.Length > LongestToken || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = authorization[Scheme.Length..];
        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(IsBase64Url))
            return null;
        try
        {
            var header = ReadObject(parts[0]);
            var claims = ReadObject(parts[1]);
            return header is { } head && claims is { } body
                ? new(head, body, Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]), Base64Url.DecodeFromChars(parts[2]))
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    public string? Algorithm => Header.TextAt("alg");

    public string? KeyId => Header.TextAt("kid");

    private static bool IsBase64Url(string part) =>
        part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static JsonElement? ReadObject(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), TeamsJson.Strict);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
    }
}
