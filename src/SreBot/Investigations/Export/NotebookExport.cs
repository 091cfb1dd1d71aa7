using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Replies;
using SreBot.Model;

namespace SreBot.Investigations.Export;

/// <summary>A Jupyter notebook, nbformat 4.5 (nbformat.readthedocs.io, "The Notebook file format"): the record as its outputs, and code that asks for it again.</summary>
internal static class NotebookExport
{
    // Relaxed, since the file stands in no markup.
    private static readonly JsonWriterOptions Format = new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(InvestigationRecord record, PublicAddress links)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteStartArray("cells");
            foreach (var cell in Cells(record, links))
            {
                Write(json, record.Id, cell);
            }

            json.WriteEndArray();
            json.WritePropertyName("metadata");
            json.WriteRawValue("""{"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"},"language_info":{"name":"python"}}""");
            json.WriteNumber("nbformat", 4);
            json.WriteNumber("nbformat_minor", 5);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static IEnumerable<NotebookCell> Cells(InvestigationRecord record, PublicAddress links)
    {
        yield return new("head", false, MarkdownExport.Head(record, links));
        yield return new("set-up", true, NotebookCode.SetUp(record.Id));
        if (MarkdownExport.Answer(record, links) is { } answer)
            yield return new("answer", false, answer);
        if (ChartPicture.Of(record.Answer) is { Count: > 0 } charts)
            yield return new("charts", true, NotebookCode.Charts) { Displayed = [.. charts.Select(NotebookCell.Picture)] };
        foreach (var step in record.Steps)
        {
            yield return new($"step {step.Number}", false, MarkdownExport.Step(step));
            yield return Code(step);
        }

        for (var i = 0; i < record.Notes.Count; i++)
        {
            yield return new($"note {i}", false, MarkdownExport.Note(record.Notes[i]));
        }
    }

    private static NotebookCell Code(RecordedStep step)
    {
        var shown = StepDisplay.Of(step, step.Table);
        var table = new Dictionary<string, string> { ["text/html"] = shown.Html, ["text/plain"] = shown.Text };
        return new($"run {step.Number}", true, NotebookCode.Step(step.Number))
        {
            Printed = $"Step {step.Number}, as recorded {StepCells.Text(step.AsOf)} UTC.\n",
            Displayed = shown.Chart is { } chart ? [table, NotebookCell.Picture(chart)] : [table],
        };
    }

    private static void Write(Utf8JsonWriter json, Guid investigation, NotebookCell cell)
    {
        json.WriteStartObject();
        json.WriteString("cell_type", cell.IsCode ? "code" : "markdown");
        if (cell.IsCode)
            json.WriteNull("execution_count");
        json.WriteString("id", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{investigation}/{cell.Key}")).AsSpan(0, 8)));
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        if (cell.IsCode)
            WriteOutputs(json, cell);
        WriteLines(json, "source", cell.Source);
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, NotebookCell cell)
    {
        json.WriteStartArray("outputs");
        if (cell.Printed is { } printed)
        {
            json.WriteStartObject();
            json.WriteString("name", "stdout");
            json.WriteString("output_type", "stream");
            WriteLines(json, "text", printed);
            json.WriteEndObject();
        }

        foreach (var display in cell.Displayed)
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            foreach (var (type, content) in display)
            {
                WriteLines(json, type, content);
            }

            json.WriteEndObject();
            json.WriteStartObject("metadata");
            json.WriteEndObject();
            json.WriteString("output_type", "display_data");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Text as the lines that it has, each with its end but the last, which is how Jupyter keeps it.</summary>
    private static void WriteLines(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i < lines.Length - 1)
                json.WriteStringValue(lines[i] + "\n");
            else if (lines[i].Length > 0)
                json.WriteStringValue(lines[i]);
        }

        json.WriteEndArray();
    }
}
