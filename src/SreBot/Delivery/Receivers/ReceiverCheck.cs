using Dapper;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Delivery.Http;
using SreBot.Delivery.Mail;
using SreBot.Postgres;

namespace SreBot.Delivery.Receivers;

/// <summary>Which receivers there are outside chat, and whether the roads to them are open.</summary>
internal sealed class ReceiverCheck(PostgresDatabase postgres, IOptions<WebhookOptions> webhooks, IOptions<SmtpOptions> smtp, IOptions<SmsOptions> sms) : ISetupCheck
{
    private const string CountSql = "SELECT split_part(target, ':', 1) AS Kind, count(*) AS Count FROM receiver GROUP BY 1 ORDER BY 1";

    public string Part => "Receivers";

    public async Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel)
    {
        await using var session = await postgres.BeginEvaluatorAsync(cancel);
        var counts = (await session.Connection.QueryAsync<(string Kind, long Count)>(session.Command(CountSql, null, cancel))).ToList();
        List<SetupLine> lines = [counts.Count == 0
            ? new(SetupState.Off, "There is no receiver outside chat.")
            : new(SetupState.Good, $"Receivers outside chat: {string.Join(", ", counts.Select(kind => $"{kind.Count} {kind.Kind}"))}.")];
        if (counts.Any(kind => kind.Kind == "email") && string.IsNullOrWhiteSpace(smtp.Value.Host))
        {
            lines.Add(new(SetupState.Broken, "There are mail receivers, and no mail server.", "Set Smtp:Host and Smtp:From."));
        }

        if (counts.Any(kind => kind.Kind == "sms") && !sms.Value.IsSet)
        {
            lines.Add(new(SetupState.Broken, "There are SMS receivers, and SMS is not set up.", "Set Sms:Account, Sms:Token and Sms:From."));
        }

        if (webhooks.Value.AllowPrivate || webhooks.Value.AllowPlain)
        {
            lines.Add(new(SetupState.Warning, "Webhooks may reach private addresses or go without TLS.", "Leave out Webhooks:AllowPrivate and Webhooks:AllowPlain where admins of organizations are not the operators."));
        }

        return lines;
    }
}
