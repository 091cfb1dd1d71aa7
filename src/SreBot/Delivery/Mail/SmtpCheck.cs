using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;

namespace SreBot.Delivery.Mail;

/// <summary>Whether the mail server takes SreBot in. No mail is sent.</summary>
internal sealed class SmtpCheck(IOptions<SmtpOptions> options) : ISetupCheck
{
    public string Part => "Mail";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        var smtp = options.Value;
        if (string.IsNullOrWhiteSpace(smtp.Host))
            return [new(SetupState.Off, "Smtp:Host is not set.")];

        var (session, fault) = await SmtpSession.OpenAsync(smtp, cancel);
        if (session is null)
            return [new(SetupState.Broken, fault!.Found, fault.ToDo)];

        using (session)
        {
            await session.QuitAsync(cancel);
            SetupLine taken = new(SetupState.Good, $"{smtp.Host}:{smtp.Port} takes SreBot in{(session.IsSecure ? ", with TLS" : ", without TLS")}.");
            return MailSender.Of(smtp) is null
                ? [taken, new(SetupState.Warning, "It is not said whom mail comes from.", "Set Smtp:From to an address that the mail server takes, such as srebot@example.org.")]
                : [taken];
        }
    }
}
