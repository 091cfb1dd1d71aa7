namespace SreBot.Delivery.Mail;

/// <summary>Why a mail server did not take SreBot in.</summary>
/// <param name="Found">In one sentence.</param>
/// <param name="ToDo">What a person does about it.</param>
internal sealed record SmtpFault(string Found, string ToDo);
