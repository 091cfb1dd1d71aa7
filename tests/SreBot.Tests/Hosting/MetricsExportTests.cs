using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using SreBot.Delivery;
using SreBot.Hosting;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Hosting;

public sealed class MetricsExportTests(PostgresFixture postgres, TelemetryFixture telemetry)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_gets_what_the_evaluator_and_the_outbox_did()
    {
        var bodies = Channel.CreateUnbounded<string>();
        await using var receiver = await ReceiverAsync(bodies.Writer);
        using var house = await AlertHouse.NewAsync(postgres, telemetry);
        using var outbox = new OutboxMeters();
        await using var services = Services(receiver.Urls.First(), house, outbox);
        var exporter = services.GetRequiredService<MeterProvider>();
        await house.RuleAsync("create latency max >= 20 ms over 1m in Project_1 as slow");
        await house.RequestsAsync(0, 3, 84);
        await house.RunAsync(2);
        outbox.Attempted("notify", new OutboxOutcome.GaveUp("no such channel"));
        outbox.Measured(new OutboxDepth { Waiting = 7, Dead = 3 }, house.Time.GetUtcNow());

        Assert.True(exporter.ForceFlush(10_000));

        var body = await bodies.Reader.ReadAsync(Cancel);
        foreach (var name in new[]
        {
            "srebot.alerts.tick.lag", "srebot.alerts.tick.duration", "srebot.alerts.tick.queries", "srebot.alerts.rules", "srebot.alerts.shards", "srebot.alerts.ticks",
            "srebot.alerts.transitions", "srebot.outbox.depth", "srebot.outbox.dead", "srebot.outbox.oldest", "srebot.outbox.deliveries", "triggered", "gave_up", "notify",
        })
        {
            Assert.Contains(name, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_is_exported_where_no_receiver_is_named()
    {
        var services = new ServiceCollection();

        services.AddMetricsExport(new ConfigurationBuilder().Build());

        Assert.Empty(services);
    }

    private static ServiceProvider Services(string endpoint, AlertHouse house, OutboxMeters outbox)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OpenTelemetry:Interval"] = "01:00:00" }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(house.Time);
        services.AddSingleton(new OutboxHealth(house.Postgres, house.Signal));
        services.AddSingleton(outbox);
        services.AddMetricsExport(configuration);
        Assert.IsType<OutboxGauges>(Assert.Single(services.BuildServiceProvider().GetServices<Microsoft.Extensions.Hosting.IHostedService>()));
        return services.BuildServiceProvider();
    }

    /// <summary>Takes OTLP over HTTP with protobuf, at the path of metrics, and nothing else.</summary>
    private static async Task<WebApplication> ReceiverAsync(ChannelWriter<string> bodies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/metrics", async (HttpRequest request) =>
        {
            if (request.ContentType != "application/x-protobuf")
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await bodies.WriteAsync(Encoding.Latin1.GetString(body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
