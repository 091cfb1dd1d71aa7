using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Access;

/// <summary><c>link Project_1</c>, <c>link remove Project_1</c> and <c>link</c>, said in the channel that is meant.</summary>
internal sealed class LinkCommand(ChannelLinks links) : ICommandHandler
{
    public string Verb => "link";

    public IReadOnlyList<string> Examples { get; } = ["link Project_1", "link remove Project_1", "link"];

    public bool Means(string text) => true;

    public async Task<ChatReply> HandleAsync(string text, Caller caller, CancellationToken cancel)
    {
        var channel = caller.Address ?? throw new SreException(SreErrorKind.Invalid, "Say 'link Project_1' in the channel that is to see Project_1.");
        var scope = caller.Principal.Scope;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words)
        {
            case []:
                return ChatReply.Of(Say(await links.ReadAsync(scope, channel, cancel)));
            case ["remove", var project]:
                scope.Require(Role.Admin, "change what a channel sees");
                await links.RemoveAsync(scope, channel, Known(scope, project), cancel);
                break;
            case [var project]:
                scope.Require(Role.Admin, "change what a channel sees");
                await links.AddAsync(scope, channel, Known(scope, project), caller.Principal.Name, cancel);
                break;
            default:
                throw new SreException(SreErrorKind.Invalid, $"'link' takes one project, such as: link {(scope.Projects.Count > 0 ? scope.Projects[0] : "Project_1")}.");
        }

        return ChatReply.Of(Say(await links.ReadAsync(scope, channel, cancel)));
    }

    private static string Known(AccessScope scope, string project) =>
        scope.Projects.FirstOrDefault(known => string.Equals(known, project, StringComparison.OrdinalIgnoreCase))
            ?? throw new SreException(SreErrorKind.NotFound, scope.Projects.Count == 0
                ? $"There is no project {project} yet; projects appear with their first requests."
                : $"There is no project {project}; the projects are {string.Join(", ", scope.Projects)}.");

    private static string Say(IReadOnlyList<string> projects) => projects.Count == 0
        ? "This channel is linked to no project; an admin links one with: link Project_1."
        : $"This channel sees {string.Join(", ", projects)}.";
}
