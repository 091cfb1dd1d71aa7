using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SreBot.Model;

namespace SreBot.Delivery.Http;

/// <summary>Opens connections to receivers that people named. What counts is the address that is connected to, so a name that changes its address between
/// a look and the connection gains nothing.</summary>
/// <param name="resolve">The addresses of a host.</param>
internal sealed class OutsideDoor(IOptions<WebhookOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Why such an address is not taken, before anything is looked up; null when it may be tried.</summary>
    public string? Refusal(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && (address.Scheme != Uri.UriSchemeHttp || !options.Value.AllowPlain))
        {
            return $"{address.Host} must be reached by https.";
        }

        return address.UserInfo.Length > 0 ? "An address with a password in it is not taken."
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && !MayReach(literal) ? Inside(address.Host)
            : null;
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolve(host, cancel);
        var allowed = addresses.Where(MayReach).ToArray();
        if (addresses.Length > 0 && allowed.Length == 0)
        {
            throw new SreException(SreErrorKind.Forbidden, Inside(host));
        }

        SocketException? last = null;
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException error)
            {
                socket.Dispose();
                last = error;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private bool MayReach(IPAddress address) => options.Value.AllowPrivate || OutsideAddress.Is(address);

    private static string Inside(string host) => $"{host} is not on the public internet; Webhooks:AllowPrivate allows such receivers.";
}
