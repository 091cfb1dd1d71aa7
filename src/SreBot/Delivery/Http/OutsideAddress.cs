using System.Net;
using System.Net.Sockets;

namespace SreBot.Delivery.Http;

/// <summary>Which addresses lie outside: routed on the public internet, and no place where a cloud keeps its machines' secrets.</summary>
internal static class OutsideAddress
{
    /// <summary>From IANA's registries of special-purpose addresses (RFC 6890 and its updates), and Azure's wire server.</summary>
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            "::/96", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Addresses that carry an IPv4 address in their last four bytes (RFC 6052).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(plain)
            ? Is(new IPAddress(plain.GetAddressBytes().AsSpan(12)))
            : !Inside.Any(network => network.Contains(plain));
    }
}
