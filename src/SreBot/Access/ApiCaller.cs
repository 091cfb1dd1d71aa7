using System.Text;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>Finds out who calls the API: <c>Authorization: Bearer TOKEN</c>, or Basic with the token as password. The headers of
/// <see cref="HasuraNarrowing"/> narrow what the caller may do here, at every endpoint alike.</summary>
internal sealed class ApiCaller(PrincipalStore principals)
{
    /// <returns>Null without a token, or with an unknown one.</returns>
    /// <exception cref="SreException">Forbidden, when a header asks for a role that the token does not hold.</exception>
    public async Task<Principal?> FindAsync(HttpRequest request, CancellationToken cancel) =>
        Token(request.Headers.Authorization.ToString()) is { } token && await principals.FindByTokenAsync(token, cancel) is { } principal
            ? principal with { Scope = HasuraNarrowing.Narrow(principal.Scope, request.Headers[HasuraNarrowing.RoleName], request.Headers[HasuraNarrowing.ProjectName]) }
            : null;

    private static string? Token(string header)
    {
        var words = header.Split(' ', 2, StringSplitOptions.TrimEntries);
        return words switch
        {
            [var scheme, var value] when Is(scheme, "Bearer") => value,
            [var scheme, var value] when Is(scheme, "Basic") => Password(value),
            _ => null,
        };
    }

    private static string? Password(string base64)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    private static bool Is(string scheme, string expected) => string.Equals(scheme, expected, StringComparison.OrdinalIgnoreCase);
}
