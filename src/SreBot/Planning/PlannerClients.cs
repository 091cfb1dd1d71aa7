using Microsoft.Extensions.AI;

namespace SreBot.Planning;

/// <summary>Who can work a question.</summary>
/// <param name="Model">Null when none is configured.</param>
internal sealed record PlannerClients(OfflineChatClient Offline, IChatClient? Model);
