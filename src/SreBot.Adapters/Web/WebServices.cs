using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Web;

/// <summary>The browser console: a chat surface over the same ports as the chat platforms.</summary>
public static class WebServices
{
    /// <summary>Needs an <see cref="IWebConsoleStore"/>, an <see cref="IWebSignIn"/> and an <see cref="IChatTurnHandler"/> in the container.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, Action<WebConsoleOptions> configure)
    {
        services.AddOptions<WebConsoleOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddDataProtection();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<WebVisitors>()
            .AddSingleton<WebAssets>()
            .AddSingleton<WebSignals>()
            .AddSingleton<IChatPoster, WebPoster>();
    }

    /// <summary>Serves <c>/</c>, <c>/assets/*</c> and <c>/console/*</c>.</summary>
    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder endpoints)
    {
        var all = endpoints.MapGroup("").AddEndpointFilter(WebHeaders.AddAsync);
        all.MapGet("/", WebPage.Show);
        all.MapGet("/assets/{name}", WebPage.Asset);

        var console = all.MapGroup("/console").WithMetadata(new RequestSizeLimitAttribute(WebMessageEndpoints.MostBytes)).AddEndpointFilter(WebGuard.RefuseOtherSitesAsync);
        console.MapGet("/me", WebSessionEndpoints.Me);
        console.MapPost("/sign-in", WebSessionEndpoints.SignIn);
        console.MapPost("/sign-out", WebSessionEndpoints.SignOut);

        var visitors = console.MapGroup("").AddEndpointFilter(WebGuard.RequireVisitorAsync);
        visitors.MapGet("/messages", WebMessageEndpoints.Read);
        visitors.MapPost("/messages", WebMessageEndpoints.Say);
        visitors.MapPost("/actions", WebMessageEndpoints.Act);
        visitors.MapGet("/stream", WebStream.Follow);
        return endpoints;
    }
}
