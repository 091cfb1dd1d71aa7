using Dapper;
using SreBot.Model;
using SreBot.Postgres;

namespace SreBot.Evidence.Notes;

/// <summary>Notes that people add to an investigation.</summary>
internal sealed class NoteStore(PostgresDatabase postgres, TimeProvider time)
{
    public const int MostCharacters = 4000;

    // A turn that is worked twice leaves one note: the same words of the same person on the same investigation are kept once.
    private const string AddSql = """
        INSERT INTO investigation_note (organization_id, investigation_id, author, principal_id, text, at)
        VALUES (@OrganizationId, @investigation, @author, @principal, @text, @now)
        ON CONFLICT DO NOTHING
        """;

    /// <param name="investigation">Found in the caller's scope.</param>
    /// <exception cref="SreException">Invalid, when the text is empty or too long.</exception>
    public async Task AddAsync(Caller caller, Guid investigation, string text, CancellationToken cancel)
    {
        text = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text.Length == 0)
            throw new SreException(SreErrorKind.Invalid, "A note needs some words; for example: note restarted Server_9 at 14:05.");
        if (text.Length > MostCharacters)
            throw new SreException(SreErrorKind.Invalid, $"A note has at most {MostCharacters:#,0} characters, and this one has {text.Length:#,0}; shorten it, or write several.");

        var principal = caller.Principal.Id == Guid.Empty ? (Guid?)null : caller.Principal.Id;
        await using var session = await postgres.BeginAsync(caller.Scope, cancel);
        await session.Connection.ExecuteAsync(session.Command(AddSql, new { caller.Scope.OrganizationId, investigation, author = caller.Principal.Name, principal, text, now = time.GetUtcNow().UtcDateTime }, cancel));
        await session.CommitAsync(cancel);
    }
}
