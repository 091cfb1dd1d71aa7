using Microsoft.Extensions.DependencyInjection.Extensions;
using SreBot.Adapters.Chat;
using SreBot.Adapters.Web;
using SreBot.Model;

namespace SreBot.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("Access");
        services.TryAddSingleton<LocalToken>();
        services.AddSingleton<PrincipalStore>();
        services.AddSingleton<OrganizationSetup>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<AdmissionCodes>();
        services.AddSingleton<IChatInstallations, ChatInstallations>();
        services.AddSingleton<ProjectStore>();
        services.AddSingleton<ChannelLinks>();
        services.AddSingleton<CallerResolver>();
        services.AddSingleton<ConfirmationStore>();
        services.AddSingleton<ApiCaller>();
        services.AddSingleton<PageCaller>();
        services.AddSingleton<WholeOrganization>();
        services.AddSingleton<IChatStateStore, ChatStateStore>();
        services.AddSingleton<IWebConsoleStore, WebConsoleStore>();
        services.AddSingleton<IWebSignIn, WebSignIn>();
        services.AddSingleton<ICommandHandler, LinkCommand>();
        services.AddSingleton<IHomeSection, PersonHome>();
        services.AddSingleton<ICommandHandler, AdmitChat>();
        services.AddSingleton<ISetupCheck, TelemetryCheck>();
        services.AddSingleton<ISetupCheck, PeopleCheck>();
        services.AddSingleton<IStartupStep, AccessStartup>();
        services.AddSingleton<IStartupStep, TelemetryStartup>();
        services.AddSingleton<SourceUpkeep>();
        services.AddHostedService<SourceLoop>();
        return services;
    }
}
