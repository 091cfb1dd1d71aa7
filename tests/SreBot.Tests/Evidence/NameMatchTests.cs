using SreBot.Evidence;
using SreBot.Model;

namespace SreBot.Tests.Evidence;

public sealed class NameMatchTests
{
    private static readonly DimensionCondition[] Known =
    [
        new("service", "checkout"), new("service", "cart"), new("server_id", "Server_9"), new("endpoint", "POST /pay"), new("endpoint", "GET /cart"), new("endpoint", "POST /cart"), new("project_id", "Project_1"), new("region", "eu-west-1"),
    ];

    [Theory]
    [InlineData("checkout", "service", "checkout")]
    [InlineData("Checkout", "service", "checkout")]
    [InlineData("cart", "service", "cart")]
    [InlineData("/pay", "endpoint", "POST /pay")]
    [InlineData("post /pay", "endpoint", "POST /pay")]
    [InlineData("endpoint = /pay", "endpoint", "POST /pay")]
    [InlineData("server 9", "server_id", "Server_9")]
    [InlineData("region eu-west-1", "region", "eu-west-1")]
    [InlineData("service checkout", "service", "checkout")]
    public void Finds_what_a_name_means(string text, string dimension, string value) => Assert.Equal([new DimensionCondition(dimension, value)], NameMatch.Resolve(Known, FilterText.Parse(text)));

    [Theory]
    [InlineData("chekout", "I see nothing named 'chekout'; did you mean service checkout?")]
    [InlineData("payments", "I see nothing named 'payments'; did you mean endpoint POST /pay?")]
    [InlineData("zebra", "I see nothing named 'zebra'; there are the services checkout, cart.")]
    [InlineData("endpoint = /cart", "I see no endpoint '/cart'; did you mean GET /cart or POST /cart?")]
    [InlineData("service = chekout", "I see no service 'chekout'; did you mean checkout?")]
    public void Names_the_nearest_when_there_is_none(string text, string sentence) => Assert.Equal(sentence, Assert.Throws<SreException>(() => NameMatch.Resolve(Known, FilterText.Parse(text))).Message);

    [Theory]
    [InlineData("server != Server_9")]
    [InlineData("a >= 3")]
    public void Refuses_what_is_no_condition(string text) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() => FilterText.Parse(text)).Kind);
}
