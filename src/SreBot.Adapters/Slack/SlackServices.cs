using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Slack, when the section <c>Slack</c> sets a bot token or lets workspaces install the app; nothing otherwise.</summary>
public static class SlackServices
{
    /// <summary>Needs <see cref="IChatTurnHandler"/>, <see cref="IChartPainter"/> and <see cref="PublicAddress"/> from the host; for several workspaces also
    /// <see cref="IChatInstallations"/> and data protection.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        services.AddOptions<SlackOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsCheck>();
        services.AddSingleton<ISetupCheck, SlackCheck>();
        var options = section.Get<SlackOptions>() ?? new();
        if (!options.IsEnabled)
            return services;

        services.TryAddSingleton(TimeProvider.System);
        // Its addresses carry secrets (upload and response addresses): they are not logged.
        services.AddHttpClient(SlackWire.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .RemoveAllLoggers();
        services.AddSingleton<SlackWire>();
        services.AddSingleton<SlackApi>();
        AddTokens(services, options);
        services.AddSingleton<SlackUploader>();
        services.AddSingleton<SlackFinder>();
        services.AddSingleton<SlackOrder>();
        services.AddSingleton<SlackThreads>();
        services.AddSingleton<SlackPoster>();
        services.AddSingleton<IChatPoster>(provider => provider.GetRequiredService<SlackPoster>());
        services.AddSingleton<SlackViews>();
        services.AddSingleton<SlackHome>();
        services.AddSingleton<SlackAssistant>();
        services.AddSingleton<SlackAnswers>();
        services.AddSingleton<SlackInbound>();
        if (options.ListensOnSocket)
        {
            services.TryAddSingleton(SlackSocketTiming.Default);
            services.AddSingleton<SlackSocketLoop>();
            services.AddHostedService(provider => provider.GetRequiredService<SlackSocketLoop>());
        }
        return services;
    }

    /// <summary>The three paths that a Slack app can name, of which each takes every kind of delivery, and the two that install the app.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (options.IsInstalledByOAuth)
        {
            routes.MapGet(SlackOAuth.InstallPath, SlackInstallEndpoints.Begin).ExcludeFromDescription();
            routes.MapGet(SlackOAuth.ReturnPath, SlackInstallEndpoints.FinishAsync).ExcludeFromDescription();
        }
        if (!options.ListensOnHttp)
            return routes;
        foreach (var path in (string[])["/slack/events", "/slack/commands", "/slack/interactivity"])
            routes.MapPost(path, SlackEventsEndpoint.TakeAsync).DisableAntiforgery();
        return routes;
    }

    private static void AddTokens(IServiceCollection services, SlackOptions options)
    {
        if (!options.IsInstalledByOAuth)
        {
            services.AddSingleton<ISlackTokens, OneSlackToken>();
            return;
        }
        services.AddSingleton<SlackOAuth>();
        services.AddSingleton<SlackOwnToken>();
        services.AddSingleton<SlackInstallState>();
        services.AddSingleton<ISlackTokens, SlackInstallations>();
        services.AddHostedService<SlackTokenLoop>();
    }
}
