using SreBot.Evidence;

namespace SreBot.Tests.Evidence;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["Server_1", "Server_10", "Server_9", "checkout", "catalog"];

    [Fact]
    public void Sees_through_case_and_separators() => Assert.Equal("Server_10", NearestName.Same("server 10", Known));

    [Fact]
    public void Names_the_nearest() => Assert.Equal("checkout", NearestName.Of("chekout", Known)[0]);

    [Fact]
    public void Names_none_when_none_is_near() => Assert.Empty(NearestName.Of("zebra", Known));

    [Fact]
    public void Counts_two_letters_that_changed_places_once() => Assert.Equal(1, NearestName.Distance("LATNECY", "LATENCY"));

    [Fact]
    public void Takes_a_name_that_shares_a_part_for_near() => Assert.Equal(["POST /pay"], NearestName.Of("payments", ["POST /pay", "GET /cart"]));
}
