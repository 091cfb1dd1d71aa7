using SreBot.Adapters.Chat;

namespace SreBot.Api;

/// <summary>An answer of <c>POST /sre_query</c>.</summary>
/// <param name="Answer">Markdown.</param>
/// <param name="Reply">The same in parts, charts with their points.</param>
internal sealed record SreAnswer(string Answer, ChatReply Reply);
