using System.Text;
using SreBot.Api;
using SreBot.Model;

namespace SreBot.Tests.Api;

public sealed class SreQueryTests
{
    [Theory]
    [InlineData("""{"body":{"input":{"question":"why is INC-1 slow?"}}}""")]
    [InlineData("""{"action":{"name":"sre_query"},"input":{"question":"why is INC-1 slow?"},"session_variables":{"x-hasura-role":"sre","x-hasura-project-id":"Project_3"}}""")]
    public async Task Reads_both_bodies(string body) =>
        Assert.Equal("why is INC-1 slow?", (await ReadAsync(body)).Question);

    [Fact]
    public async Task Reads_the_session_variables_whatever_their_case()
    {
        var query = await ReadAsync("""{"input":{"question":"?"},"session_variables":{"X-Hasura-Role":"viewer","x-hasura-project-id":"Project_3"}}""");

        Assert.Equal(("viewer", "Project_3"), (query.Role, query.Projects));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"body":[]}""")]
    [InlineData("""{"input":{"question":7}}""")]
    [InlineData("""{"question":"why?"}""")]
    public async Task Anything_else_is_answered_with_the_form(string body)
    {
        var error = await Assert.ThrowsAsync<SreException>(() => ReadAsync(body));

        Assert.Contains("""{"body":{"input":{"question":""", error.Message, StringComparison.Ordinal);
    }

    private static Task<SreQuery> ReadAsync(string body) => SreQuery.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), TestContext.Current.CancellationToken);
}
