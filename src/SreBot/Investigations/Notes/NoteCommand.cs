using SreBot.Adapters.Chat;
using SreBot.Evidence;
using SreBot.Evidence.Notes;
using SreBot.Investigations.Export;
using SreBot.Model;

namespace SreBot.Investigations.Notes;

/// <summary>The command <c>note</c>: keeps what a person says beside the thread's latest investigation.</summary>
internal sealed class NoteCommand(InvestigationFinder finder, NoteStore notes) : ICommandHandler
{
    public string Verb => "note";

    public IReadOnlyList<string> Examples { get; } = ["note restarted Server_9 at 14:05", "note INC-1 restarted Server_9 at 14:05"];

    public bool Means(string text) => true;

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var words = text.Trim().Split([' ', '\n', '\t'], 2, StringSplitOptions.TrimEntries);
        var (record, note) = InvestigationFinder.IsName(words[0])
            ? (await finder.NamedAsync(caller.Scope, words[0], cancel), words.Length == 2 ? words[1] : "")
            : (await finder.HereAsync(caller, cancel), text);
        if (record is null)
            throw new SreException(SreErrorKind.NotFound, "There is no investigation in this thread to keep a note with; say it in a thread where I answered, or name one: note INC-1 restarted Server_9.");

        await notes.AddAsync(caller, record.Id, note, cancel);
        return new ChatReply
        {
            Summary = "Noted.",
            Blocks = [new ReplySection { Paragraphs = [ReplyText.Of("Noted with ", ReplyRun.Link(record.Question, StepLinks.Page(record.Id)), ".")] }],
        };
    }
}
