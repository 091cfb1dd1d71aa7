using System.Text.Json;
using SreBot.Delivery;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>Finds the cause of an incident that has opened, in the incident's own scope, and commits the finding. While two others run it
/// comes again later, so that it holds up no message.</summary>
internal sealed class InvestigationHandler(Investigator investigator, InvestigationStore store, StepRecorderFactory recorders, IIncidentLookup incidents, TimeProvider time) : IOutboxHandler
{
    private static readonly TimeSpan UntilOneEnds = TimeSpan.FromSeconds(1);

    public string Name => InvestigatePayload.Handler;

    public async Task<OutboxOutcome> HandleAsync(OutboxItem item, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<InvestigatePayload>(item.Payload, SreJson.Options)!.IncidentId;
        if (await store.FindOwnAsync(item.OrganizationId, cancel) is not { } own || await incidents.FindAsync(own.Scope, id, cancel) is not { } incident)
            return new OutboxOutcome.GaveUp($"There is no incident INC-{id} any more.");

        if (investigator.IsBusy)
            return new OutboxOutcome.TryAgain("Two investigations are running.", UntilOneEnds);

        try
        {
            if (await store.FindDoneAsync(item.OrganizationId, id, cancel) is null)
                await InvestigateAsync(own, incident, item.Sequence, cancel);

            return new OutboxOutcome.Delivered();
        }
        catch (SreException error) when (error.Kind == SreErrorKind.Unavailable)
        {
            return new OutboxOutcome.TryAgain(error.Message);
        }
    }

    private async Task InvestigateAsync(Principal own, IncidentFacts incident, long sequence, CancellationToken cancel)
    {
        var caller = new Caller(own, own.Scope.CutTo(incident.Projects), null, null);
        var recorder = await recorders.StartAsync($"What is the root cause of INC-{incident.Id}?", caller, incident.Id, cancel);
        try
        {
            var context = new ToolContext(caller, recorder, time.GetUtcNow(), new Progress<string>());
            var found = await investigator.InvestigateAsync(context, InvestigationSubject.Of(incident), cancel);
            await store.FinishAsync(own.Scope.OrganizationId, recorder, found.ToReply(), incident, sequence, cancel);
        }
        catch
        {
            await recorder.SaveAfterFailureAsync();
            throw;
        }
    }
}
