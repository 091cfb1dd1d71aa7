using SreBot.Changes;
using SreBot.Model;
using SreBot.Tests.Fixtures;

namespace SreBot.Tests.Changes;

public sealed class ChangeGrammarTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 15, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Cases => CaseFile.Pairs("Changes/Cases/ChangeGrammar.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tells_reports_from_questions(string text, string meaning)
    {
        var (verb, rest) = (text.Split(' ', 2)[0].ToLowerInvariant(), text.Split(' ', 2)[1]);

        if (meaning == "question")
            Assert.False(verb == "deploy" ? ChangeGrammar.IsDeploy(rest) : ChangeGrammar.IsChange(rest));
        else
            Assert.Equal((true, meaning), verb == "deploy" ? (ChangeGrammar.IsDeploy(rest), Say(ChangeGrammar.ParseDeploy(rest, Now))) : (ChangeGrammar.IsChange(rest), Say(ChangeGrammar.ParseChange(rest, Now))));
    }

    [Theory]
    [InlineData("", "Word 1 should be the service; for example: deploy checkout v42.")]
    [InlineData("checkout", "Word 2 should be the version; for example: deploy checkout v42.")]
    [InlineData("checkout v42 again", "After the version come 'in', 'at', 'by', 'link' or 'note', and not 'again'; for example: deploy checkout v42 in Project_3 at 14:05.")]
    [InlineData("checkout v42 at 25:99", "I cannot read the time '25:99', or it has not come yet; for example: deploy checkout v42 at 14:05, or at 2026-03-01T14:05Z.")]
    [InlineData("checkout v42 at 2027-01-01T00:00Z", "I cannot read the time '2027-01-01T00:00Z', or it has not come yet; for example: deploy checkout v42 at 14:05, or at 2026-03-01T14:05Z.")]
    [InlineData("checkout v42 at", "Something should follow 'at'; for example: deploy checkout v42 in Project_3 at 14:05.")]
    [InlineData("checkout v42 at 14:05 at 14:06", "'at' stands twice; for example: deploy checkout v42 in Project_3 at 14:05.")]
    public void Answers_a_mistake_with_a_sentence_and_an_example(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<SreException>(() => ChangeGrammar.ParseDeploy(text, Now)).Message);

    [Theory]
    [InlineData("", "Word 1 should be config or flag; for example: change config checkout timeout=5s.")]
    [InlineData("flag", "Word 2 should be the service; for example: change config checkout timeout=5s.")]
    public void Answers_a_mistake_in_another_change_too(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<SreException>(() => ChangeGrammar.ParseChange(text, Now)).Message);

    private static string Say(ChangeDraft draft) => string.Join(' ', new[]
    {
        draft.Kind, draft.Service, draft.Version, draft.Projects is null ? "" : $"in {string.Join(',', draft.Projects)}", draft.At is { } at ? $"at {at.UtcDateTime:yyyy-MM-dd HH:mm}" : "",
        draft.Who is null ? "" : $"by {draft.Who}", draft.Link is null ? "" : $"link {draft.Link}", draft.Title is null ? "" : $"title {draft.Title}",
    }.Where(part => part.Length > 0));
}
