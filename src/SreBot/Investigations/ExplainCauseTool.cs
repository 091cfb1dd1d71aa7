using System.ComponentModel;
using System.Globalization;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Investigations;

/// <summary>The tool's signature, and how its arguments name a subject.</summary>
internal sealed class ExplainCauseTool(ToolContext context, Investigator investigator, IIncidentLookup incidents, WindowReader windows)
{
    public async Task<ToolResult> ExplainCauseAsync(
        [Description("the incident, such as INC-42 or 42")] string? incident_id = null,
        [Description("a server, such as Server_9")] string? server = null,
        [Description("a project, such as Project_1")] string? project = null,
        [Description("when, such as: last 2 hours; since 14:00 CET; yesterday afternoon; since the last deploy of checkout; during INC-3; the last hour when left out")] string? window = null,
        [Description("other conditions, such as: endpoint = POST /pay and region = eu-west-1; or a bare name: checkout")] string? filter = null,
        [Description("latency, error_rate, requests, cost, cpu or memory; whichever changed most when left out")] string? metric = null,
        CancellationToken cancel = default)
    {
        if (!string.IsNullOrWhiteSpace(incident_id))
            return (await investigator.InvestigateAsync(context, await IncidentAsync(incident_id, cancel), cancel)).ToResult();

        var when = await windows.ResolveAsync(context, window, null, cancel);
        var found = await investigator.InvestigateAsync(context, await OpenAsync(server, project, string.IsNullOrWhiteSpace(window) ? null : when.Window, filter, metric, cancel), cancel);
        return string.IsNullOrWhiteSpace(window) ? found.ToResult() : WithWindow(found.ToResult(), when);
    }

    private async Task<InvestigationSubject> IncidentAsync(string text, CancellationToken cancel)
    {
        var digits = text.Trim().TrimStart('#');
        digits = digits.StartsWith("INC-", StringComparison.OrdinalIgnoreCase) ? digits[4..] : digits;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new SreException(SreErrorKind.Invalid, "An incident is named like INC-42.");

        return InvestigationSubject.Of(await KnownIncident.FindAsync(context, incidents, id, cancel));
    }

    private async Task<InvestigationSubject> OpenAsync(string? server, string? project, TimeWindow? window, string? filter, string? metric, CancellationToken cancel)
    {
        List<DimensionCondition> conditions = [.. FilterText.Parse(filter)];
        if (!string.IsNullOrWhiteSpace(server))
            conditions.Add(new DimensionCondition("server_id", server));
        if (!string.IsNullOrWhiteSpace(project))
            conditions.Add(new DimensionCondition("project_id", project));

        var known = await KnownNames.ResolveAsync(context, conditions, window ?? TimeText.Parse(null, context.Now), cancel);
        return new InvestigationSubject
        {
            Name = known.Count == 0 ? "All requests" : FilterText.Describe(known),
            Filter = known,
            Window = window,
            Metric = string.IsNullOrWhiteSpace(metric) ? null : Telemetry.MetricCatalogue.Find(metric.Trim()).Name,
        };
    }

    /// <summary>Says how the time that was asked about was read, above where it comes from.</summary>
    private static ToolResult WithWindow(ToolResult result, NamedWindow when)
    {
        var blocks = result.Blocks.ToList();
        blocks.Insert(Math.Max(0, blocks.Count - 1), new ReplySection { IsNote = true, Paragraphs = [$"Asked about {when.Text}."] });
        return result with { Blocks = blocks };
    }
}
