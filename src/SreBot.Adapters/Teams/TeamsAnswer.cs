using System.Text.Json;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Teams;

/// <summary>What the Bot Connector answered.</summary>
/// <param name="Failure">Null when it did what it was asked.</param>
/// <param name="Body">Its JSON; of kind Undefined when it sent none.</param>
internal sealed record TeamsAnswer(PostOutcome? Failure, JsonElement Body = default);
