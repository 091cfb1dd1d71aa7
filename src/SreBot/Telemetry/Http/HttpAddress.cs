using System.Net.Http.Headers;
using System.Text;
using SreBot.Model;

namespace SreBot.Telemetry.Http;

/// <summary>Where a ClickHouse server is and who asks; its text form, <see cref="Shown"/>, holds no secret.</summary>
internal sealed record HttpAddress(Uri Address, AuthenticationHeaderValue? Authorization)
{
    public string Shown => Address.GetLeftPart(UriPartial.Path);

    /// <exception cref="SreException">Invalid, when the endpoint is no http or https address.</exception>
    public static HttpAddress From(TelemetryOptions options)
    {
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 1)
            throw new SreException(SreErrorKind.Invalid, "Telemetry:Endpoint must be an address such as http://user:password@host:8123.");

        var parts = uri.UserInfo.Split(':', 2);
        var user = options.User ?? Uri.UnescapeDataString(parts[0]);
        var password = options.Password ?? Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
        var address = new UriBuilder(uri) { UserName = "", Password = "", Fragment = "" }.Uri;
        return new HttpAddress(address, user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
    }

    /// <summary>The address with those settings and parameters.</summary>
    public Uri With(IEnumerable<KeyValuePair<string, string>> query) =>
        new($"{Address.GetLeftPart(UriPartial.Path)}?{string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))}");
}
