using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>Turns a chat turn's sender and place into a caller, by domain.md's rule for what a channel may see.</summary>
internal sealed partial class CallerResolver(PrincipalStore principals, ChannelLinks links, AdmissionCodes codes, IOptions<AccessOptions> options)
{
    /// <exception cref="SreException">Forbidden: the person is not known; the message, for them alone, has the code by which an admin lets them in.</exception>
    public async Task<ResolvedCaller> ResolveAsync(ChatTurn turn, CancellationToken cancel)
    {
        var principal = await principals.FindByIdentityAsync(turn.User, cancel) ?? await FindMemberAsync(turn, cancel) ?? throw await StrangerAsync(turn.User, cancel);
        if (turn.IsDirect)
        {
            return new(new(principal, principal.Scope, turn.Address, turn.User) { Channels = turn.Channels ?? Caller.NoChannels }, IsPrivate: false);
        }

        var linked = await links.ReadAsync(principal.Scope, turn.Address, cancel);
        if (NamesMore(turn.Text, principal.Scope, linked))
        {
            return new(new(principal, principal.Scope, turn.Address, turn.User) { Channels = turn.Channels ?? Caller.NoChannels }, IsPrivate: true);
        }

        return new(new(principal, principal.Scope.CutTo(linked), turn.Address, turn.User) { Channels = turn.Channels ?? Caller.NoChannels }, IsPrivate: false);
    }

    private async Task<SreException> StrangerAsync(ChatUser user, CancellationToken cancel)
    {
        var code = await codes.GiveAsync(user, cancel);
        return new(SreErrorKind.Forbidden, $"I do not know you yet. Your code is {code}: an admin lets you in by writing \"admit {code} as sre\" to me, or with: sre-bot admit {code} --role sre");
    }

    /// <summary>By setting, everyone in a linked channel reads what the channel sees.</summary>
    private async Task<Principal?> FindMemberAsync(ChatTurn turn, CancellationToken cancel)
    {
        if (!options.Value.ChannelMembersRead || turn.IsDirect || await principals.FindAdminOfAsync(turn.Address, cancel) is not { } admin)
        {
            return null;
        }

        var linked = await links.ReadAsync(admin.Scope, turn.Address, cancel);
        return linked.Count == 0
            ? null
            : new Principal(Guid.Empty, turn.User.Name ?? turn.User.Id, admin.OrganizationSlug, admin.Scope.CutTo(linked) with { Role = Role.Viewer });
    }

    /// <summary>The text names a project that the person may see and the channel may not.</summary>
    private static bool NamesMore(string text, AccessScope own, IReadOnlyList<string> linked) =>
        Word().Matches(text).Any(word => own.Projects.Contains(word.Value, StringComparer.OrdinalIgnoreCase) && !linked.Contains(word.Value, StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@"[\w-]+")]
    private static partial Regex Word();
}
