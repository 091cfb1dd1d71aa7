using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Delivery.Http;

/// <summary>Whether SMS is set up. No message is sent: each costs money.</summary>
internal sealed class SmsCheck(IOptions<SmsOptions> options) : ISetupCheck
{
    public string Part => "SMS";

    public Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<SetupLine>>([Look(options.Value)]);

    private static SetupLine Look(SmsOptions sms) => (sms.IsSet, string.IsNullOrWhiteSpace(sms.Account) && string.IsNullOrWhiteSpace(sms.From)) switch
    {
        (_, true) => new(SetupState.Off, "Sms:Account is not set."),
        (false, _) => new(SetupState.Broken, "SMS is set up in part.", "It takes Sms:Account, Sms:Token and Sms:From."),
        _ when !Uri.TryCreate(sms.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") => new(SetupState.Broken, "Sms:Url is no address.", "Leave it out for Twilio."),
        _ => new(SetupState.Good, $"SMS goes through {new Uri(sms.Url).Host} from {sms.From}; 'receiver test' sends one."),
    };
}
