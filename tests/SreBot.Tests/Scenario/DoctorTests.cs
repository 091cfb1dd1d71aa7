using System.Net;
using SreBot.Tests.Delivery;

namespace SreBot.Tests.Scenario;

/// <summary><c>doctor</c> as an operator runs it, with parts that work and parts that do not.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Says_of_every_part_how_it_stands()
    {
        using var folder = new TempFolder();
        using var mail = await SmtpPeer.StartAsync("starttls");
        var settings = new Dictionary<string, string>
        {
            ["Smtp__Host"] = "localhost", ["Smtp__Port"] = $"{mail.Port}", ["Smtp__User"] = "bot", ["Smtp__Password"] = "right", ["SSL_CERT_FILE"] = mail.Certificate,
            ["Planner__Endpoint"] = "http://127.0.0.1:9/v1", ["Planner__Model"] = "none",
            ["Slack__BotToken"] = "xoxb-none", ["Slack__AppToken"] = "xapp-none", ["Slack__ApiBase"] = "http://127.0.0.1:9/api/",
        };
        await using var srebot = await SreBotProcess.StartAsync(folder.Path, settings);

        var (code, output, _) = await SreBotProcess.RunAsync("doctor", "--data", folder.Path, "--post", "web:demo/incidents");

        Assert.Equal(1, code);
        Assert.Matches("ok +PostgreSQL .* answers, the bundled server", output);
        Assert.Matches("ok +Telemetry +Demo: the newest request is", output);
        Assert.Matches("ok +Grants +The bundled engine", output);
        Assert.Matches("ok +Mail .* with TLS", output);
        Assert.Matches("FAIL +Language model .* does not answer", output);
        Assert.Matches("FAIL +Slack +The bot token does not work", output);
        Assert.Matches("FAIL +Slack +No socket to Slack stands", output);
        Assert.Matches("FAIL +People +Nobody may ask on slack", output);
        Assert.Matches("WARN +Process +Links in chat start with", output);
        Assert.Matches("off +Teams", output);
        Assert.Matches("ok +Test post +A test message is in web:demo/incidents", output);
        Assert.DoesNotContain("xoxb-none", output, StringComparison.Ordinal);
        Assert.DoesNotContain("right", output, StringComparison.Ordinal);

        using var stranger = await srebot.Http.GetAsync(new Uri(srebot.Address, "/api/doctor"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_wrong_mail_password_and_a_server_that_cannot_start_are_named()
    {
        using var folder = new TempFolder();
        using var mail = await SmtpPeer.StartAsync("tls");
        var settings = new Dictionary<string, string>
        {
            ["Smtp__Host"] = "localhost", ["Smtp__Port"] = $"{mail.Port}", ["Smtp__User"] = "bot", ["Smtp__Password"] = "wrong", ["Smtp__ImplicitTls"] = "true", ["SSL_CERT_FILE"] = mail.Certificate, ["Demo__Enabled"] = "false",
        };
        await using (await SreBotProcess.StartAsync(folder.Path, settings))
        {
            var (code, output, _) = await SreBotProcess.RunAsync("doctor", "--data", folder.Path);
            Assert.Equal(1, code);
            Assert.Matches("FAIL +Mail +localhost does not take the user bot", output);
        }

        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var stopped = await SreBotProcess.RunAsync("doctor", "--data", file);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Matches("FAIL +Start +The data folder", stopped.Output);
    }
}
