using System.Net;
using System.Net.Http;
using Microsoft.Extensions.Options;
using SreBot.Delivery.Http;
using SreBot.Model;

namespace SreBot.Tests.Delivery;

public sealed class OutsideAddressTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Knows_what_lies_on_the_public_internet(string address, bool isOutside) => Assert.Equal(isOutside, OutsideAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://hooks.example.org/x", null)]
    [InlineData("http://hooks.example.org/x", "must be reached by https")]
    [InlineData("ftp://hooks.example.org/x", "must be reached by https")]
    [InlineData("https://me:secret@hooks.example.org/x", "a password in it")]
    [InlineData("https://127.0.0.1/x", "not on the public internet")]
    [InlineData("https://[::ffff:10.0.0.1]/x", "not on the public internet")]
    [InlineData("https://2130706433/x", "not on the public internet")]
    [InlineData("https://0x7f.1/x", "not on the public internet")]
    public void Refuses_an_address_before_it_is_looked_up(string url, string? why)
    {
        var refusal = Door(new WebhookOptions()).Refusal(new Uri(url));

        Assert.Equal(why is null, refusal is null);
        Assert.Contains(why ?? "", refusal ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_between_two_looks_reaches_nothing_inside()
    {
        await using var inside = await LocalReceiver.StartAsync();
        var looks = 0;
        var door = Door(new WebhookOptions { AllowPlain = true }, (_, _) => Task.FromResult(new[] { ++looks == 1 ? IPAddress.Parse("192.0.2.1") : IPAddress.Loopback }));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = door.ConnectAsync });

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://rebound.example:{inside.Port}/"), Cancel));
            Assert.Contains("not on the public internet", Assert.IsType<SreException>(error.GetBaseException()).Message, StringComparison.Ordinal);
        }

        Assert.Empty(inside.Requests);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_outside_are_tried_unless_the_inside_is_allowed()
    {
        await using var inside = await LocalReceiver.StartAsync();
        Task<IPAddress[]> Both(string host, CancellationToken cancel) => Task.FromResult(new[] { IPAddress.Parse("::1"), IPAddress.Loopback });

        var options = new WebhookOptions { AllowPlain = true };
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = Door(options, Both).ConnectAsync });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://both.example:{inside.Port}/"), Cancel));
        Assert.Empty(inside.Requests);

        options.AllowPrivate = true;
        using var answer = await client.GetAsync(new Uri($"http://both.example:{inside.Port}/"), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static OutsideDoor Door(WebhookOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new(Options.Create(options), resolve ?? Dns.GetHostAddressesAsync);
}
