using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Planning;

internal static class PlanningServices
{
    public static IServiceCollection AddPlanning(this IServiceCollection services)
    {
        services.AddOptions<PlannerOptions>().BindConfiguration("Planner").ValidateDataAnnotations()
            .Validate(options => string.IsNullOrWhiteSpace(options.Endpoint) == string.IsNullOrWhiteSpace(options.Model), "Planner:Endpoint and Planner:Model go together; set both or none.").ValidateOnStart();
        services.AddSingleton<ToolGuard>();
        services.AddSingleton<IPlannerLoop, ToolLoop>();
        services.AddSingleton<OfflineChatClient>();
        services.AddSingleton<OpenAiChatClient>();
        services.AddSingleton(provider => new PlannerClients(
            provider.GetRequiredService<OfflineChatClient>(),
            provider.GetRequiredService<IOptions<PlannerOptions>>().Value.HasModel ? provider.GetRequiredService<OpenAiChatClient>() : null));
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<Planner>();
        services.AddSingleton<ISetupCheck, ModelCheck>();
        services.AddSingleton<TextRouter>();
        return services;
    }
}
