using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Delivery.Mail;

/// <summary>Sends one mail a row; the mails of one subject are one thread. A mail that may have arrived is sent again as the very same mail.</summary>
internal sealed partial class EmailNotifier(PostedMessages posted, IOptions<SmtpOptions> options, IServiceProvider services, PublicAddress links, ILogger<EmailNotifier> log) : INotifier
{
    public NotifyTargetKind Kind => NotifyTargetKind.Email;

    public bool Tells(NotifyFacts facts) => facts.Event is "opened" or "repeated" or "escalated" or "resolved" or "self" or "test" or "diagnosed" or "acknowledged" or "kept";

    public async Task<OutboxOutcome> SendAsync(Notification notification, CancellationToken cancel)
    {
        var smtp = options.Value;
        if (string.IsNullOrWhiteSpace(smtp.Host) || MailSender.Of(smtp) is not { } from)
        {
            return new OutboxOutcome.GaveUp("Mail is not set up; it takes Smtp:Host and Smtp:From.");
        }

        var first = await posted.FindAsync(notification.Item, cancel);
        var mail = Compose(notification, from, first?.MessageId);
        var (session, fault) = await SmtpSession.OpenAsync(smtp, cancel);
        if (session is null)
        {
            return new OutboxOutcome.TryAgain(fault!.Found);
        }

        using (session)
        {
            return await SendAsync(session, notification, mail, isFirst: first is null, cancel);
        }
    }

    private async Task<OutboxOutcome> SendAsync(SmtpSession session, Notification notification, Letter mail, bool isFirst, CancellationToken cancel)
    {
        SmtpReply reply;
        try
        {
            reply = await session.SendAsync(mail.From.Address, mail.To, MailWriter.Write(mail), cancel);
        }
        catch (IOException)
        {
            return new OutboxOutcome.TryAgain("The mail server ended the connection; the mail may have been taken all the same.");
        }

        if (!reply.IsGood)
        {
            return reply.Code is >= 500 and < 600 ? new OutboxOutcome.GaveUp($"The mail server refused it: {reply.Line}") : new OutboxOutcome.TryAgain($"The mail server wants it later: {reply.Line}");
        }

        if (isFirst)
        {
            await posted.SaveAsync(notification.Item, mail.Id, cancel);
        }

        await session.QuitAsync(cancel);
        return new OutboxOutcome.Delivered();
    }

    private Letter Compose(Notification notification, MailSender from, string? thread)
    {
        var facts = notification.Facts;
        var content = MailContent.Of(notification.Payload, facts, links, notification.Key, from.Domain, Paint);
        return new(from, notification.Receiver.Address, $"{(thread is null ? "" : "Re: ")}[{facts.Key}] {facts.Title}", notification.Item.CreatedAt,
            $"{notification.Key}@{from.Domain}", thread, content.Text, content.Html, content.Pictures);
    }

    /// <summary>Null when this build bundles no picture library, or a chart cannot be painted: the mail is worth more than its picture.</summary>
    private byte[]? Paint(ReplyBlock block)
    {
        try
        {
            var painter = services.GetRequiredService<IChartPainter>();
            return block is ReplyChart chart ? painter.PaintPng(chart) : painter.PaintPng((ReplyBars)block);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LogNotPainted(error);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A chart could not be painted for a mail")]
    private partial void LogNotPainted(Exception error);
}
