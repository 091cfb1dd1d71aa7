using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace SreBot.Hosting;

/// <summary>Sends SreBot's own metrics over OTLP, where a receiver is named: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or <c>OpenTelemetry:Endpoint</c>.</summary>
internal static class MetricsExport
{
    /// <summary>Time between two exports, 1 second to 1 hour; 15 seconds unless <c>OpenTelemetry:Interval</c> says otherwise.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    public static void AddMetricsExport(this IServiceCollection services, IConfiguration configuration)
    {
        var endpoint = configuration["OpenTelemetry:Endpoint"] is { Length: > 0 } set ? set : configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
        {
            return;
        }

        var interval = TimeSpan.TryParse(configuration["OpenTelemetry:Interval"], out var asked) && asked >= TimeSpan.FromSeconds(1) && asked <= TimeSpan.FromHours(1) ? asked : Usual;
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .AddMeter("SreBot")
            .AddOtlpExporter((exporter, reader) =>
            {
                var isGrpc = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc";
                exporter.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = isGrpc ? address : new Uri($"{address.ToString().TrimEnd('/')}/v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)interval.TotalMilliseconds;
            })
            .Build());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<OutboxGauges>(provider, interval));
    }
}
