using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SreBot.Delivery.Mail;

/// <summary>A conversation with a mail server that has taken SreBot in (RFC 5321; STARTTLS by RFC 3207, AUTH PLAIN by RFC 4954).</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpOptions smtp;
    private readonly TcpClient client = new();
    private Stream stream = Stream.Null;

    private SmtpSession(SmtpOptions smtp) => this.smtp = smtp;

    public bool IsSecure => stream is SslStream;

    /// <returns>Either a session or why there is none.</returns>
    public static async Task<(SmtpSession? Session, SmtpFault? Fault)> OpenAsync(SmtpOptions smtp, CancellationToken cancel)
    {
        var session = new SmtpSession(smtp);
        var fault = await session.TryOpenAsync(cancel);
        if (fault is null)
        {
            return (session, null);
        }

        session.Dispose();
        return (null, fault);
    }

    /// <summary>Hands one mail over.</summary>
    /// <param name="message">Lines that end in CRLF.</param>
    /// <returns>The server's first refusal, or its last word.</returns>
    /// <exception cref="IOException">The connection was lost; after the last byte the mail may have been taken.</exception>
    public async Task<SmtpReply> SendAsync(string from, string to, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        foreach (var command in new[] { $"MAIL FROM:<{from}>", $"RCPT TO:<{to}>" })
        {
            if (await SayAsync(command, cancel) is { IsGood: false } refused)
                return refused;
        }

        if (await SayAsync("DATA", cancel) is { Code: not 354 } refusal)
            return refusal;
        await stream.WriteAsync(Stuffed(message.Span), cancel);
        return await ReadAsync(cancel);
    }

    /// <summary>Says goodbye; the server's answer is of no consequence.</summary>
    public async Task QuitAsync(CancellationToken cancel)
    {
        try
        {
            await SayAsync("QUIT", cancel);
        }
        catch (IOException)
        {
            // It has gone already.
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    private async Task<SmtpFault?> TryOpenAsync(CancellationToken cancel)
    {
        try
        {
            await client.ConnectAsync(smtp.Host!, smtp.Port, cancel);
            stream = client.GetStream();
            return await GreetAsync(cancel);
        }
        catch (SocketException error)
        {
            return new($"{smtp.Host}:{smtp.Port} does not answer ({error.SocketErrorCode}).", "Check Smtp:Host, Smtp:Port and the firewall.");
        }
        catch (AuthenticationException)
        {
            return new($"The certificate of {smtp.Host} is not trusted.", "Use the name that the certificate has, or trust its issuer on this machine or by Smtp:TrustFile.");
        }
        catch (IOException)
        {
            return new($"{smtp.Host}:{smtp.Port} ended the connection.", "Check that a mail server listens there, and which port it wants.");
        }
    }

    private async Task<SmtpFault?> GreetAsync(CancellationToken cancel)
    {
        if (smtp.ImplicitTls ?? smtp.Port == 465)
            await SecureAsync(cancel);
        if (await ReadAsync(cancel) is { Code: not 220 } greeting)
            return Unexpected(greeting);

        var offers = await SayAsync("EHLO srebot", cancel);
        if (!IsSecure && offers.Offers("STARTTLS"))
        {
            if (await SayAsync("STARTTLS", cancel) is { Code: not 220 } refused)
                return Unexpected(refused);
            await SecureAsync(cancel);
            offers = await SayAsync("EHLO srebot", cancel);
        }

        if (offers.Code != 250)
            return Unexpected(offers);
        if (!IsSecure && (!smtp.AllowPlain || !string.IsNullOrEmpty(smtp.User)))
            return new($"{smtp.Host}:{smtp.Port} offers no TLS.", "Use a port with TLS (587 or 465); Smtp:AllowPlain goes without, for a server without a password.");

        return string.IsNullOrEmpty(smtp.User) ? null : await SignInAsync(offers, cancel);
    }

    private async Task<SmtpFault?> SignInAsync(SmtpReply offers, CancellationToken cancel)
    {
        if (!offers.Offers("AUTH", "PLAIN"))
            return new($"{smtp.Host} takes no password (AUTH PLAIN).", "Leave Smtp:User out, or use another port.");

        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{smtp.User}\0{smtp.Password}"));
        return await SayAsync($"AUTH PLAIN {secret}", cancel) is { Code: not 235 }
            ? new($"{smtp.Host} does not take the user {smtp.User} with that password.", "Check Smtp:User and Smtp:Password.")
            : null;
    }

    private SmtpFault Unexpected(SmtpReply said) => new($"{smtp.Host}:{smtp.Port} said: {said.Line}", "Check Smtp:Host and Smtp:Port, and the mail server's log.");

    private async Task SecureAsync(CancellationToken cancel)
    {
        var secure = new SslStream(stream);
        stream = secure;
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = smtp.Host, CertificateChainPolicy = Trust() }, cancel);
    }

    /// <summary>Null: as the machine trusts.</summary>
    private X509ChainPolicy? Trust()
    {
        if (string.IsNullOrWhiteSpace(smtp.TrustFile))
            return null;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(smtp.TrustFile);
        return policy;
    }

    /// <summary>A line that starts with a dot gets another one, and a dot alone ends the mail (RFC 5321, 4.5.2).</summary>
    private static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var sent = new List<byte>(message.Length + 64);
        var isLineStart = true;
        foreach (var one in message)
        {
            if (isLineStart && one == '.')
                sent.Add((byte)'.');
            sent.Add(one);
            isLineStart = one == '\n';
        }

        sent.AddRange(isLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. sent];
    }

    private async Task<SmtpReply> SayAsync(string line, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), cancel);
        return await ReadAsync(cancel);
    }

    /// <summary>An answer ends with a line that has a space after its code. One byte at a time, so that nothing of what comes after STARTTLS is taken.</summary>
    private async Task<SmtpReply> ReadAsync(CancellationToken cancel)
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
                return new(int.TryParse(line.AsSpan(0, 3), out var code) ? code : 0, text.ToString());
        }

        return new(0, text.ToString());
    }
}
