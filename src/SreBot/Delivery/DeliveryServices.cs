using SreBot.Adapters.Chat;

namespace SreBot.Delivery;

/// <summary>Registers the outbox, its loop and the road to the chat channels.</summary>
internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration("Delivery").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<OutboxHealth>();
        services.AddSingleton<PostedMessages>();
        services.AddSingleton<IOutboxHandler, NotifyHandler>();
        services.AddOptions<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ISetupCheck, OutboxCheck>();
        services.AddSingleton<ISetupCheck, SmtpCheck>();
        services.AddHostedService<OutboxLoop>();
        return services;
    }
}
