using System.Text;
using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Investigations.Export;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>Keeps the investigation of a resolved incident as files, as it is then, and says so to the incident.</summary>
internal sealed class KeepHandler(InvestigationStore store, StepStore steps, PublicAddress links, TimeProvider time) : IOutboxHandler
{
    private static readonly ExportFormat[] Formats = [ExportFormat.Html, ExportFormat.Notebook];

    public string Name => KeepPayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var payload = JsonSerializer.Deserialize<KeepPayload>(item.Payload, SreJson.Options) ?? throw new JsonException("It is null.");
        if (await store.FindOwnAsync(item.OrganizationId, cancel) is not { } own || await store.FindDoneAsync(item.OrganizationId, payload.IncidentId, cancel) is not { } id
            || await steps.FindAsync(own.Scope, id, cancel) is not { } record)
        {
            return new OutboxOutcome.GaveUp($"INC-{payload.IncidentId} has no investigation to keep.");
        }

        var files = Formats.Select(format => (ExportFormats.Ending(format), Encoding.UTF8.GetString(InvestigationExport.Write(record, format, links).Content.Span))).ToList();
        await store.KeepAsync(item.OrganizationId, payload.IncidentId, item.Sequence, files, time.GetUtcNow(), cancel);
        return new OutboxOutcome.Delivered();
    }
}
