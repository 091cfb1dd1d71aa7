using System.Text.Json;

namespace SreBot.Adapters.Slack;

/// <summary>What came of one call to Slack.</summary>
internal abstract record SlackResult
{
    private SlackResult() { }

    /// <param name="Body">Empty object where only the status counts, as for an upload.</param>
    public sealed record Ok(JsonElement Body) : SlackResult
    {
        /// <summary>What the token may do, as Slack says beside its answer.</summary>
        public IReadOnlyList<string> Scopes { get; init; } = [];
    }

    /// <summary>Slack said no, and will say it again.</summary>
    /// <param name="Error">Slack's word, such as <c>not_in_channel</c>.</param>
    /// <param name="Why">One sentence for an operator, with what to do.</param>
    public sealed record Refused(string Error, string Why) : SlackResult;

    /// <param name="IsUncertain">The call may have done its work.</param>
    public sealed record Unavailable(string Why, TimeSpan? After, bool IsUncertain) : SlackResult;
}
