namespace SreBot.Delivery.Http;

/// <summary>Settings <c>Sms:*</c>: a service that takes messages in Twilio's form.</summary>
internal sealed class SmsOptions
{
    /// <summary><c>{account}</c> stands for <see cref="Account"/>; Twilio's unless set.</summary>
    public string Url { get; set; } = "https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json";

    /// <summary>Empty: no SMS.</summary>
    public string? Account { get; set; }

    public string? Token { get; set; }

    /// <summary>The number that messages come from, such as <c>+15005550006</c>, or a sender's name.</summary>
    public string? From { get; set; }

    public bool IsSet => !string.IsNullOrWhiteSpace(Account) && !string.IsNullOrWhiteSpace(From);
}
