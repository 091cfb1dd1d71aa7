using System.Text;
using Microsoft.Extensions.Primitives;
using SreBot.Adapters.Slack;

namespace SreBot.Adapters.Tests.Slack;

public sealed class SlackSignatureTests
{
    private const string Secret = "a-secret";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1790000000);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"event_callback"}""");

    [Theory]
    [InlineData("1790000000", true)]
    [InlineData("1789999701", true)]
    [InlineData("1790000299", true)]
    [InlineData("1789999699", false)]
    [InlineData("1790000301", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData("+1790000000", false)]
    [InlineData("-1790000000", false)]
    [InlineData(" 1790000000", false)]
    [InlineData("1.79e9", false)]
    [InlineData("1790000000000", false)]
    [InlineData("00000000001790000000", false)]
    [InlineData("١٧٩٠٠٠٠٠٠٠", false)]
    public void A_time_must_be_near_and_in_plain_digits(string timestamp, bool isValid) =>
        Assert.Equal(isValid, SlackSignature.IsValid(Secret, timestamp, SlackSignature.Sign(Secret, timestamp, Body), Body, Now));

    [Theory]
    [InlineData("", false)]
    [InlineData("v0=", false)]
    [InlineData("{good}", true)]
    [InlineData("{good}0", false)]
    [InlineData("{good}=x", false)]
    [InlineData(" {good}", false)]
    [InlineData("{upper version}", false)]
    [InlineData("{upper digits}", false)]
    [InlineData("{cut}", false)]
    [InlineData("{other secret}", false)]
    public void The_digest_must_fit_to_the_letter(string header, bool isValid)
    {
        var good = SlackSignature.Sign(Secret, "1790000000", Body);
        var given = header
            .Replace("{good}", good)
            .Replace("{upper version}", "V0" + good[2..])
            .Replace("{upper digits}", "v0=" + good[3..].ToUpperInvariant())
            .Replace("{cut}", good[..^1])
            .Replace("{other secret}", SlackSignature.Sign("another", "1790000000", Body));

        Assert.Equal(isValid, SlackSignature.IsValid(Secret, "1790000000", given, Body, Now));
    }

    [Fact]
    public void Each_header_must_come_exactly_once()
    {
        var good = SlackSignature.Sign(Secret, "1790000000", Body);

        Assert.False(SlackSignature.IsValid(Secret, StringValues.Empty, good, Body, Now));
        Assert.False(SlackSignature.IsValid(Secret, "1790000000", StringValues.Empty, Body, Now));
        Assert.False(SlackSignature.IsValid(Secret, "1790000000", new StringValues(["v0=00", good]), Body, Now));
        Assert.False(SlackSignature.IsValid(Secret, new StringValues(["1790000000", "1790000000"]), good, Body, Now));
    }

    [Fact]
    public void A_changed_byte_or_time_is_refused()
    {
        var good = SlackSignature.Sign(Secret, "1790000000", Body);
        byte[] changed = [.. Body[..^1], (byte)']'];

        Assert.False(SlackSignature.IsValid(Secret, "1790000000", good, changed, Now));
        Assert.False(SlackSignature.IsValid(Secret, "1790000001", good, Body, Now));
    }

    /// <summary>The worked example of Slack's own page on verifying requests.</summary>
    [Fact]
    public void Agrees_with_the_example_that_Slack_publishes()
    {
        const string body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        Assert.Equal("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
            SlackSignature.Sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", Encoding.UTF8.GetBytes(body)));
    }
}
