namespace SreBot.Delivery.Mail;

/// <summary>A picture that the HTML shows as <c>cid:…</c>.</summary>
/// <param name="Id">Without brackets.</param>
internal sealed record MailPicture(string Id, byte[] Png);
