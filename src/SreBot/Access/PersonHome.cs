using SreBot.Adapters.Chat;
using SreBot.Model;

namespace SreBot.Access;

/// <summary>Who a person is to SreBot, on their own page.</summary>
internal sealed class PersonHome : IHomeSection
{
    private const int Listed = 10;

    public int Place => 3;

    public Task<IReadOnlyList<ReplyBlock>> ShowAsync(Caller caller, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReplyBlock>>(
    [
        new ReplySection
        {
            Title = "You",
            Paragraphs = [ReplyText.Of("You are ", ReplyRun.Strong(caller.Principal.Name), $", {caller.Scope.Role.ToString().ToLowerInvariant()} in {caller.Principal.OrganizationName}. {Sees(caller.Scope)}")],
            Bullets = [.. Settings(caller.Scope)],
        },
    ]);

    private static IEnumerable<ReplyText> Settings(AccessScope scope)
    {
        var project = scope.Projects.Count > 0 ? scope.Projects[0] : "Project_1";
        yield return scope.Role == Role.Admin
            ? ReplyText.Of("To let a channel see a project, say there: ", ReplyRun.Code($"link {project}"))
            : ReplyText.Of("To let a channel see a project, ask an admin to say there: ", ReplyRun.Code($"link {project}"));
        yield return scope.Role == Role.Viewer ? "To change alerts and incidents, ask an admin for the role sre." : ReplyText.Of("To be told of an alert here: ", ReplyRun.Code("alert subscribe me to NAME"));
    }

    private static string Sees(AccessScope scope)
    {
        var conditions = string.Concat(scope.Conditions.Select(condition => $", {condition.Dimension} {condition.Value} only"));
        return (scope.SeesAllProjects, scope.Projects.Count) switch
        {
            (true, _) => $"You see every project{conditions}.",
            (_, 0) => "You see no project yet.",
            _ => $"You see {string.Join(", ", scope.Projects.Take(Listed))}{(scope.Projects.Count > Listed ? ", …" : "")}{conditions}.",
        };
    }
}
