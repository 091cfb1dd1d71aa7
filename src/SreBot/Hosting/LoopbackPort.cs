using System.Net;
using System.Net.Sockets;

namespace SreBot.Hosting;

internal static class LoopbackPort
{
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
