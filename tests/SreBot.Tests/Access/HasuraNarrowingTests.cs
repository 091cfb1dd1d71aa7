using SreBot.Access;
using SreBot.Model;

namespace SreBot.Tests.Access;

public sealed class HasuraNarrowingTests
{
    private static readonly AccessScope Sre = new() { OrganizationId = 1, TelemetryDatabase = "sre", Role = Role.Sre, Projects = ["Project_1", "Project_2"] };

    [Fact]
    public void Without_headers_the_token_counts() => Assert.Equal(Sre, HasuraNarrowing.Narrow(Sre, null, null));

    [Theory]
    [InlineData("viewer", "Viewer")]
    [InlineData("SRE", "Sre")]
    public void A_role_that_is_held_narrows(string header, string expected) =>
        Assert.Equal(expected, HasuraNarrowing.Narrow(Sre, header, null).Role.ToString());

    [Theory]
    [InlineData("admin")]
    [InlineData("2")]
    [InlineData("owner")]
    [InlineData("viewer,admin")]
    public void A_role_that_is_not_held_is_forbidden(string header)
    {
        var error = Assert.Throws<SreException>(() => HasuraNarrowing.Narrow(Sre, header, null));

        Assert.Equal(SreErrorKind.Forbidden, error.Kind);
    }

    [Theory]
    [InlineData("Project_1", "Project_1")]
    [InlineData("Project_1, Project_2", "Project_1,Project_2")]
    [InlineData("Project_9", "")]
    [InlineData("Project_1,Project_9", "Project_1")]
    public void Projects_only_narrow(string header, string expected) =>
        Assert.Equal(expected, string.Join(',', HasuraNarrowing.Narrow(Sre, null, header).Projects));
}
