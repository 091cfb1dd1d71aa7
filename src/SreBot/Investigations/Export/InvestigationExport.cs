using System.Text;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Replies;

namespace SreBot.Investigations.Export;

/// <summary>An investigation as a file. Pure: the same record gives the same bytes.</summary>
internal static class InvestigationExport
{
    /// <param name="links">Makes the links into SreBot whole.</param>
    public static ReplyFile Write(InvestigationRecord record, ExportFormat format, PublicAddress links) => new(
        $"{Name(record)}.{ExportFormats.Ending(format)}",
        ExportFormats.ContentType(format),
        Encoding.UTF8.GetBytes(format switch
        {
            ExportFormat.Notebook => NotebookExport.Write(record, links),
            ExportFormat.Html => HtmlExport.Write(record, links),
            _ => MarkdownExport.Write(record, links),
        }));

    /// <summary>Where the export of a record can be fetched.</summary>
    public static string Address(Guid investigation, ExportFormat format) => $"{StepLinks.Page(investigation)}.{ExportFormats.Ending(format)}";

    /// <summary>Asks for the notebook in the thread where it is pressed.</summary>
    public static ReplyButton Button(Guid investigation) => new("Export notebook", "ask", $"export {investigation} notebook");

    /// <summary>Who asked, when, about which incident.</summary>
    public static string Asked(InvestigationRecord record) =>
        $"Asked by {PlainText.Line(record.AskedBy)}, {record.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(record.IncidentId is { } incident ? $", about INC-{incident}" : "")}. {(record.Steps.Count == 1 ? "1 step" : $"{record.Steps.Count} steps")}.";

    private static string Name(InvestigationRecord record) => record.IncidentId is { } incident ? $"INC-{incident}-{record.Id:N}" : $"investigation-{record.Id:N}";
}
