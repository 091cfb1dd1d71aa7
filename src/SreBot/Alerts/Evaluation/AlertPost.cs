using System.Text.Json;
using SreBot.Model;

namespace SreBot.Alerts.Evaluation;

/// <summary>A row for the outbox.</summary>
/// <param name="Payload">JSON.</param>
internal sealed record AlertPost(long OrganizationId, string Subject, long Sequence, string Handler, string Target, string Payload)
{
    /// <summary>For SreBot's own handlers.</summary>
    public static AlertPost ToSelf(long organizationId, string subject, long sequence, string handler, object payload) =>
        new(organizationId, subject, sequence, handler, "self", JsonSerializer.Serialize(payload, SreJson.Options));

    public static AlertPost ToPeople(long organizationId, string subject, long sequence, string target, NotifyPayload payload) =>
        new(organizationId, subject, sequence, NotifyPayload.Handler, target, JsonSerializer.Serialize(payload, SreJson.Options));
}
