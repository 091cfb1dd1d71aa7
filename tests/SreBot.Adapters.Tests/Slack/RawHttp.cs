using System.Net.Sockets;
using System.Text;

namespace SreBot.Adapters.Tests.Slack;

/// <summary>Sends a request exactly as given: doubled and empty headers too, which no client library would send.</summary>
internal static class RawHttp
{
    /// <returns>The status and the body.</returns>
    public static async Task<(int Status, string Body)> PostAsync(Uri address, string path, string contentType, IEnumerable<(string Name, string Value)> headers, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, value) in headers)
            head.Append($"{name}: {value}\r\n");
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()));
            await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // a body that is too long is refused before it is read
        }
        var answer = await ReadAsync(stream);
        var bodyStart = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (int.Parse(answer.Split(' ')[1]), bodyStart < 0 ? "" : answer[(bodyStart + 4)..]);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // the other end hung up behind its answer
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
