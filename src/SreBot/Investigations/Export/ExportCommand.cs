using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Replies;
using SreBot.Model;

namespace SreBot.Investigations.Export;

/// <summary>The command <c>export</c>: a file in the thread.</summary>
internal sealed class ExportCommand(InvestigationFinder finder, PublicAddress links) : ICommandHandler
{
    /// <summary>A larger file is fetched from the page: a chat keeps every file with its message.</summary>
    private const int MostBytes = 2 * 1024 * 1024;

    public string Verb => "export";

    public IReadOnlyList<string> Examples { get; } = ["export", "export INC-1", "export INC-1 html", "export markdown"];

    public bool Means(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [] or [_] or [_, _] && Words(text).All(word => InvestigationFinder.IsName(word) || ExportFormats.Find(word) is not null);

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var words = Words(text);
        var format = words.Select(ExportFormats.Find).FirstOrDefault(found => found is not null) ?? ExportFormat.Notebook;
        var names = words.Where(word => ExportFormats.Find(word) is null).ToList();
        var record = names switch
        {
            [] => await finder.HereAsync(caller, cancel) ?? throw new SreException(SreErrorKind.NotFound, "There is no investigation in this thread yet; say 'export' in a thread where I answered, or name one: export INC-1."),
            [var name] => await finder.NamedAsync(caller.Scope, name, cancel),
            _ => throw new SreException(SreErrorKind.Invalid, "'export' takes an incident and a format (notebook, html or markdown), such as: export INC-1 html."),
        };
        return Reply(record, format);
    }

    private ChatReply Reply(InvestigationRecord record, ExportFormat format)
    {
        var file = InvestigationExport.Write(record, format, links);
        var summary = $"{ExportFormats.Title(format)} of \"{PlainText.Line(record.Question)}\"";
        var where = new ReplySection
        {
            Paragraphs = [ReplyText.Of($"{summary}: ", ReplyRun.Link(file.Name, InvestigationExport.Address(record.Id, format)), "; ", ReplyRun.Link("its page", StepLinks.Page(record.Id)), " runs it again.")],
        };
        return new ChatReply { Summary = summary, Blocks = file.Content.Length <= MostBytes ? [where, file] : [where] };
    }

    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
