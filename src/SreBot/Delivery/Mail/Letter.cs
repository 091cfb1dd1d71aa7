namespace SreBot.Delivery.Mail;

/// <summary>One mail, with the same content as HTML and as text.</summary>
/// <param name="Id">Without brackets; the same mail has the same one whenever it is sent.</param>
/// <param name="Thread">The id of the mail that this one answers; null: it is the first.</param>
internal sealed record Letter(MailSender From, string To, string Subject, DateTimeOffset At, string Id, string? Thread, string Text, string Html, IReadOnlyList<MailPicture> Pictures);
