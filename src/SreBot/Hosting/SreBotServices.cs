using SreBot.Access;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Slack;
using SreBot.Adapters.Teams;
using SreBot.Adapters.Web;
using SreBot.Alerts;
using SreBot.Api;
using SreBot.Changes;
using SreBot.Charts;
using SreBot.Cli;
using SreBot.Cli.Demo;
using SreBot.Cli.Tutorial;
using SreBot.Dashboard;
using SreBot.Delivery;
using SreBot.Embedded;
using SreBot.Evidence;
using SreBot.Hosting.Keys;
using SreBot.Incidents;
using SreBot.Investigations;
using SreBot.Metrics;
using SreBot.Model;
using SreBot.Planning;
using SreBot.Postgres;
using SreBot.Telemetry;

namespace SreBot.Hosting;

/// <summary>The only file that sees every folder.</summary>
internal static class SreBotServices
{
    public static void AddSreBot(this IServiceCollection services, IConfiguration configuration, Engines engines, Func<Uri> bound)
    {
        services.AddExceptionHandler<ProblemResults>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
            foreach (var converter in SreJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddKeyRing(configuration, engines.Folder.Path);

        // Startup steps run in this order: tables, the first organization, telemetry, the demo.
        services.AddPostgres(engines.Connections);
        AddTelemetry(services, engines);
        services.AddAccess();
        services.AddEvidence();
        services.AddDelivery();
        services.AddCharts();
        services.AddMetricTools();
        services.AddChanges();
        services.AddIncidents();
        services.AddAlerts();
        services.AddInvestigations();
        services.AddPlanning();
        services.AddDemo();
        services.AddTutorial();
        services.AddApi();
        services.AddMetricsExport(configuration);
        AddChat(services, configuration, engines, bound);
    }

    public static void MapSreBot(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(StatusSentences.WriteAsync);
        app.MapApi();
        app.MapDemo();
        app.MapImport();
        app.MapDashboard();
        app.MapWeb();
        app.MapSlack();
        app.MapTeams();
    }

    private static void AddTelemetry(IServiceCollection services, Engines engines)
    {
        if (engines.Chdb is { } chdb)
        {
            services.AddSingleton(chdb);
        }

        services.AddTelemetry();
        services.AddSingleton(new TelemetryRecovery(engines.WasKilled && engines.Chdb is not null));
        services.AddSingleton(_ => EnginePaths.Find() is { VipsLibrary: { } library, FontsFolder: { } fonts }
            ? new VipsLocation(library, fonts)
            : throw new SreException(SreErrorKind.Unavailable, "This build of SreBot bundles no picture library, so charts cannot be sent as pictures; build with the engines (without -p:Embedded=false)."));
    }

    private static void AddChat(IServiceCollection services, IConfiguration configuration, Engines engines, Func<Uri> bound)
    {
        services.AddSingleton(new PublicAddress(() => configuration["Web:PublicAddress"] is { Length: > 0 } address ? new Uri(address) : bound()));
        services.AddSingleton(engines);
        services.AddSingleton<ISetupCheck, PlaceCheck>();
        services.AddSingleton<CatchUp>();
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<TurnForms>();
        services.AddSingleton<TurnAnswers>();
        services.AddSingleton<IChatHome, ChatHome>();
        services.AddSingleton<TurnWorker>();
        services.AddSingleton<IChatTurnHandler, TurnRouter>();
        services.AddHostedService<InboxLoop>();
        services.AddSlack(configuration);
        services.AddTeams(configuration);
        services.AddWeb(Console);
    }

    private static void Console(WebConsoleOptions console)
    {
        console.Product = "SreBot";
        console.BotName = "sre-bot";
        console.CommandPrefix = "sre";
        console.Welcome = "Ask why something is slow or failing: each number in the answer comes from a query that you can open.";
        console.FirstQuestions = ["why is INC-1 slow?", "which server is the slowest in the last hour?", "error rate in the last 30 minutes"];
        console.Placeholder = "@sre-bot why is INC-1 slow?";
        console.SignInHint = "The admin token was printed when SreBot started for the first time.";
        if (EnginePaths.Find().EchartsScript is { } echarts)
        {
            console.AssetFiles["echarts.js"] = echarts;
        }
    }
}
