using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>Slack, when the section <c>Slack</c> sets a bot token; nothing otherwise.</summary>
public static class SlackServices
{
    /// <summary>Needs <see cref="IChatTurnHandler"/>, <see cref="IChartPainter"/> and <see cref="PublicAddress"/> from the host.</summary>
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
        services.AddHttpClient(SlackApi.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .RemoveAllLoggers();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackUploader>();
        services.AddSingleton<SlackFinder>();
        services.AddSingleton<SlackPoster>();
        services.AddSingleton<IChatPoster>(provider => provider.GetRequiredService<SlackPoster>());
        services.AddSingleton<SlackInbound>();
        if (options.ListensOnSocket)
        {
            services.TryAddSingleton(SlackSocketTiming.Default);
            services.AddSingleton<SlackSocketLoop>();
            services.AddHostedService(provider => provider.GetRequiredService<SlackSocketLoop>());
        }
        return services;
    }

    /// <summary>The three paths that a Slack app can name; each takes every kind of delivery.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<SlackOptions>>().Value.ListensOnHttp)
            return routes;
        foreach (var path in (string[])["/slack/events", "/slack/commands", "/slack/interactivity"])
            routes.MapPost(path, SlackEventsEndpoint.TakeAsync).DisableAntiforgery();
        return routes;
    }
}
