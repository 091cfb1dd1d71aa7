using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Delivery;

/// <summary>Whether the mail server takes SreBot in (RFC 5321; STARTTLS by RFC 3207, AUTH PLAIN by RFC 4954). No mail is sent.</summary>
internal sealed class SmtpCheck(IOptions<SmtpOptions> options) : ISetupCheck
{
    public string Part => "Mail";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        var smtp = options.Value;
        if (string.IsNullOrWhiteSpace(smtp.Host))
            return [new(SetupState.Off, "Smtp:Host is not set.")];

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(smtp.Host, smtp.Port, cancel);
            return [await GreetAsync(smtp, client.GetStream(), cancel)];
        }
        catch (SocketException error)
        {
            return [new(SetupState.Broken, $"{smtp.Host}:{smtp.Port} does not answer ({error.SocketErrorCode}).", "Check Smtp:Host, Smtp:Port and the firewall.")];
        }
        catch (AuthenticationException)
        {
            return [new(SetupState.Broken, $"The certificate of {smtp.Host} is not trusted.", "Use the name that the certificate has, or trust its issuer on this machine.")];
        }
        catch (IOException)
        {
            return [new(SetupState.Broken, $"{smtp.Host}:{smtp.Port} ended the connection.", "Check that a mail server listens there, and which port it wants.")];
        }
    }

    private static async Task<SetupLine> GreetAsync(SmtpOptions smtp, Stream plain, CancellationToken cancel)
    {
        var stream = (smtp.ImplicitTls ?? smtp.Port == 465) ? await SecureAsync(smtp, plain, cancel) : plain;
        var greeting = await ReadAsync(stream, cancel);
        if (greeting.Code != 220)
            return Unexpected(smtp, greeting.Text);

        var offers = await SayAsync(stream, "EHLO srebot", cancel);
        if (stream is not SslStream && Offers(offers.Text, "STARTTLS"))
        {
            if (await SayAsync(stream, "STARTTLS", cancel) is { Code: not 220 } refused)
                return Unexpected(smtp, refused.Text);
            stream = await SecureAsync(smtp, plain, cancel);
            offers = await SayAsync(stream, "EHLO srebot", cancel);
        }

        if (offers.Code != 250)
            return Unexpected(smtp, offers.Text);
        if (stream is not SslStream && (!smtp.AllowPlain || !string.IsNullOrEmpty(smtp.User)))
            return new(SetupState.Broken, $"{smtp.Host}:{smtp.Port} offers no TLS.", "Use a port with TLS (587 or 465); Smtp:AllowPlain goes without, for a server without a password.");

        return await SignInAsync(smtp, stream, offers.Text, cancel);
    }

    private static async Task<SetupLine> SignInAsync(SmtpOptions smtp, Stream stream, string offers, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(smtp.User))
        {
            if (!offers.Split('\n').Any(line => line.Contains("AUTH", StringComparison.OrdinalIgnoreCase) && Offers(line, "PLAIN")))
                return new(SetupState.Broken, $"{smtp.Host} takes no password (AUTH PLAIN).", "Leave Smtp:User out, or use another port.");
            var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{smtp.User}\0{smtp.Password}"));
            if (await SayAsync(stream, $"AUTH PLAIN {secret}", cancel) is { Code: not 235 })
                return new(SetupState.Broken, $"{smtp.Host} does not take the user {smtp.User} with that password.", "Check Smtp:User and Smtp:Password.");
        }

        await SayAsync(stream, "QUIT", cancel);
        return new(SetupState.Good, $"{smtp.Host}:{smtp.Port} takes SreBot in{(stream is SslStream ? ", with TLS" : ", without TLS")}.");
    }

    private static SetupLine Unexpected(SmtpOptions smtp, string said) =>
        new(SetupState.Broken, $"{smtp.Host}:{smtp.Port} said: {said.Split('\n')[0].Trim()}", "Check Smtp:Host and Smtp:Port, and the mail server's log.");

    private static bool Offers(string text, string word) => text.Split([' ', '-', '\r', '\n', '=']).Contains(word, StringComparer.OrdinalIgnoreCase);

    private static async Task<SslStream> SecureAsync(SmtpOptions smtp, Stream plain, CancellationToken cancel)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = smtp.Host }, cancel);
        return secure;
    }

    private static async Task<(int Code, string Text)> SayAsync(Stream stream, string line, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), cancel);
        return await ReadAsync(stream, cancel);
    }

    /// <summary>An answer ends with a line that has a space after its code. One byte at a time, so that nothing of what comes after STARTTLS is taken.</summary>
    private static async Task<(int Code, string Text)> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var start = 0;
        var one = new byte[1];
        while (text.Length < 8192)
        {
            await stream.ReadExactlyAsync(one, cancel);
            text.Append((char)one[0]);
            if (one[0] != '\n')
                continue;
            var line = text.ToString(start, text.Length - start);
            start = text.Length;
            if (line.Length >= 4 && line[3] == ' ' || line.TrimEnd().Length == 3)
                return (int.TryParse(line.AsSpan(0, 3), out var code) ? code : 0, text.ToString());
        }

        return (0, text.ToString());
    }
}
