using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>Puts Teams into a host; without <c>Teams:AppId</c> it does nothing.</summary>
public static class TeamsServices
{
    internal const string HttpClientName = "teams";

    /// <summary>Needs <see cref="IChatTurnHandler"/>, <see cref="IChatStateStore"/>, <see cref="IChartPainter"/>, <see cref="PublicAddress"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddTeams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TeamsOptions>().Bind(configuration.GetSection("Teams")).ValidateOnStart();
        services.AddSingleton<ISetupCheck, TeamsCheck>();
        if (string.IsNullOrEmpty(configuration["Teams:AppId"]))
            return services;
        services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsOptionsCheck>();
        services.AddHttpClient(HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(15))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false }); // a redirect must not carry the token elsewhere
        services.AddSingleton<TeamsToken>();
        services.AddSingleton<TeamsCredential>();
        services.AddSingleton<TeamsConnector>();
        services.AddSingleton<TeamsCard>();
        services.AddSingleton<TeamsEndpoint>();
        services.AddSingleton<TeamsPoster>();
        services.AddSingleton<IChatPoster>(provider => provider.GetRequiredService<TeamsPoster>());
        return services;
    }

    public static IEndpointRouteBuilder MapTeams(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<TeamsEndpoint>() is { } teams)
            endpoints.MapPost("/api/messages", (HttpRequest request, CancellationToken cancel) => teams.ReceiveAsync(request, cancel));
        return endpoints;
    }
}
