using System.Net;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Delivery.Http;
using SreBot.Delivery.Mail;
using SreBot.Delivery.Receivers;
using SreBot.Model;

namespace SreBot.Delivery;

/// <summary>Registers the outbox, its loop and the roads to the chat channels and the other receivers.</summary>
internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration("Delivery").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<OutboxHealth>();
        services.AddSingleton<OutboxMeters>();
        services.AddSingleton<PostedMessages>();
        services.AddSingleton<IOutboxHandler, NotifyHandler>();
        services.AddSingleton<ISetupCheck, OutboxCheck>();
        services.AddSingleton<ICommandHandler, DeliveryCommand>();
        services.AddHostedService<OutboxLoop>();
        return services.AddReceivers();
    }

    private static IServiceCollection AddReceivers(this IServiceCollection services)
    {
        services.AddOptions<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmsOptions>().BindConfiguration("Sms");
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks");
        services.AddSingleton(provider => new OutsideDoor(provider.GetRequiredService<IOptions<WebhookOptions>>(), Dns.GetHostAddressesAsync));
        services.AddSingleton<ReceiverSecrets>();
        services.AddSingleton<ReceiverStore>();
        services.AddSingleton<ReceiverRoads>();
        services.AddSingleton<INotifier, EmailNotifier>();
        services.AddSingleton<INotifier, SmsNotifier>();
        services.AddSingleton<INotifier, WebhookNotifier>();
        services.AddSingleton<INotifier, PagerDutyNotifier>();
        services.AddSingleton<ISetupCheck, SmtpCheck>();
        services.AddSingleton<ISetupCheck, SmsCheck>();
        services.AddSingleton<ISetupCheck, ReceiverCheck>();
        services.AddSingleton<ICommandHandler, ReceiverCommand>();
        return services;
    }
}
