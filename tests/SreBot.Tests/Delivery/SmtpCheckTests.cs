using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Delivery.Mail;

namespace SreBot.Tests.Delivery;

/// <summary>The check against a real mail server; what needs a trusted certificate is in <c>DoctorTests</c>.</summary>
public sealed class SmtpCheckTests
{
    [Fact]
    public async Task Without_a_host_mail_is_off() => Assert.Equal(SetupState.Off, (await LookAsync(new())).State);

    [Fact]
    public async Task Says_that_nothing_listens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var line = await LookAsync(new() { Host = "127.0.0.1", Port = port });

        Assert.Equal((SetupState.Broken, true), (line.State, line.Found.Contains("does not answer", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false, null, SetupState.Broken, "offers no TLS")]
    [InlineData(true, null, SetupState.Good, "without TLS")]
    [InlineData(true, "bot", SetupState.Broken, "offers no TLS")]
    public async Task A_server_without_TLS_is_taken_only_when_that_is_allowed_and_never_gets_a_password(bool allowed, string? user, SetupState state, string found)
    {
        using var peer = await SmtpPeer.StartAsync("plain");

        var line = await LookAsync(new() { Host = "127.0.0.1", Port = peer.Port, AllowPlain = allowed, User = user, Password = "right", From = "srebot@example.org" });

        Assert.Equal(state, line.State);
        Assert.Contains(found, line.Found, StringComparison.Ordinal);
        Assert.Empty(peer.Mails);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_ends_it_before_the_password()
    {
        using var peer = await SmtpPeer.StartAsync("starttls");

        var line = await LookAsync(new() { Host = "127.0.0.1", Port = peer.Port, User = "bot", Password = "right" });

        Assert.Equal(SetupState.Broken, line.State);
        Assert.Contains("not trusted", line.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_kind_of_server_is_quoted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, "HTTP/1.1 400 Bad Request\r\n\r\n");

        var line = await LookAsync(new() { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port });

        await served;
        Assert.Equal(SetupState.Broken, line.State);
    }

    private static async Task ServeAsync(TcpListener listener, string text)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
    }

    private static async Task<SetupLine> LookAsync(SmtpOptions options) => Assert.Single(await new SmtpCheck(Options.Create(options)).LookAsync(TestContext.Current.CancellationToken));
}
