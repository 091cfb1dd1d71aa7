using System.Net.Mail;

namespace SreBot.Delivery.Mail;

/// <summary>Whom mail comes from.</summary>
/// <param name="Name">As mail programs show it.</param>
internal sealed record MailSender(string Address, string Name)
{
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Null when neither Smtp:From nor Smtp:User is an address.</summary>
    public static MailSender? Of(SmtpOptions smtp) =>
        MailAddress.TryCreate(string.IsNullOrWhiteSpace(smtp.From) ? smtp.User : smtp.From, out var address) && address.Address.All(c => c is > ' ' and < '\u007F' and not ('<' or '>'))
            ? new(address.Address, address.DisplayName.Length > 0 ? address.DisplayName : "SreBot")
            : null;
}
