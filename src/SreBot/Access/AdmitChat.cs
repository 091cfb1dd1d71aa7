using System.Text.RegularExpressions;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Access;

/// <summary><c>admit K7QF-2M9X as sre</c>, said by an admin: lets the person with that code ask. On Slack a mention does as well.</summary>
internal sealed partial class AdmitChat(AdmissionCodes codes, IdentityStore identities) : ICommandHandler
{
    public string Verb => "admit";

    public IReadOnlyList<string> Examples { get; } = ["admit K7QF-2M9X as sre", "admit K7QF-2M9X as viewer Project_1"];

    public bool Means(string text) => text.Trim().Length == 0 || Form().IsMatch(text);

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            throw new SreException(SreErrorKind.Invalid, $"'admit' takes a code and a role (viewer, sre or admin), such as: {Examples[0]}.");
        }

        var role = Enum.Parse<Role>(match.Groups["role"].Value, ignoreCase: true);
        var named = match.Groups["projects"].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var projects = named.Length == 0 ? null : named;
        var user = Mentioned(match.Groups["who"].Value, caller) is { } mentioned
            ? await AdmitAsync(caller, mentioned, role, projects, cancel)
            : await codes.ConfirmAsync(caller.Principal, match.Groups["who"].Value, role, projects, cancel);
        return ChatReply.Of($"{user.Name ?? user.Id} may now ask me, as {match.Groups["role"].Value.ToLowerInvariant()} of {(projects is null ? "all projects" : string.Join(", ", projects))}.");
    }

    private async Task<ChatUser> AdmitAsync(Caller caller, ChatUser user, Role role, string[]? projects, CancellationToken cancel)
    {
        await identities.AdmitAsync(caller.Principal, user, role, projects, cancel);
        return user;
    }

    /// <summary>Slack hands over a mention as the person's id.</summary>
    private static ChatUser? Mentioned(string who, Caller caller) =>
        who[0] == '@' && caller.User is { Platform: "slack" } admin && SlackId().IsMatch(who) ? new(admin.Platform, admin.Workspace, who[1..]) : null;

    [GeneratedRegex(@"^\s*(?<who>\S+)\s+as\s+(?<role>viewer|sre|admin)(\s+(of|in|for))?(?<projects>(\s+\S+)*)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("^@[UW][A-Z0-9]{2,}$")]
    private static partial Regex SlackId();
}
