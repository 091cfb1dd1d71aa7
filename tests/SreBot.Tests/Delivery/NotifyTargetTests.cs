using SreBot.Delivery;
using SreBot.Model;

namespace SreBot.Tests.Delivery;

public sealed class NotifyTargetTests
{
    [Theory]
    [InlineData("slack:T01/C02", "Chat", "slack:T01/C02")]
    [InlineData("teams:tenant/19:abc@thread.tacv2", "Chat", "teams:tenant/19:abc@thread.tacv2")]
    [InlineData("email:Ops+Night@Example.ORG", "Email", "email:Ops+Night@example.org")]
    [InlineData("mail:ops@localhost", "Email", "email:ops@localhost")]
    [InlineData("sms:+49 (151) 1234-5678", "Sms", "sms:+4915112345678")]
    [InlineData("webhook:Ops_1", "Webhook", "webhook:ops_1")]
    [InlineData("PagerDuty:on-call", "PagerDuty", "pagerduty:on-call")]
    public void Reads_what_people_write_and_writes_it_in_one_way(string text, string kind, string written)
    {
        var target = NotifyTarget.Parse(text);

        Assert.Equal((kind, written), ($"{target.Kind}", target.ToString()));
        Assert.Equal(target, NotifyTarget.Parse(written));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("email:")]
    [InlineData("email:ops")]
    [InlineData("email:ops@")]
    [InlineData("email:ops@example.org\r\nBcc: all@example.org")]
    [InlineData("email:ops@example.org\nx")]
    [InlineData("email:<ops@example.org>")]
    [InlineData("email:ops@-example.org")]
    [InlineData("email:ops..night@example.org")]
    [InlineData("email:ops@exämple.org")]
    [InlineData("sms:015112345678")]
    [InlineData("sms:+4912")]
    [InlineData("sms:+49151123456789012")]
    [InlineData("sms:+49151x2345678")]
    [InlineData("webhook:a b")]
    [InlineData("webhook:../x")]
    [InlineData("pagerduty:")]
    public void Refuses_what_is_no_target(string text) => Assert.Equal(SreErrorKind.Invalid, Assert.Throws<SreException>(() => NotifyTarget.Parse(text)).Kind);
}
