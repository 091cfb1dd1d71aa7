using SreBot.Alerts.Evaluation;

namespace SreBot.Tests.Alerts.Evaluation;

public sealed class AlertShareTests
{
    [Theory]
    [InlineData("- - - -", 1, "", "0123", "")] // alone: all
    [InlineData("- - - -", 2, "", "01", "")]
    [InlineData("a a a a", 2, "01", "", "23")] // another appeared: half is given up at once
    [InlineData("a a b b", 2, "01", "", "")]
    [InlineData("a a b! b!", 1, "01", "23", "")] // the other's leases ran out
    [InlineData("a a b! b!", 2, "01", "", "")] // but it is still heard of: it keeps its share
    [InlineData("a a b b", 3, "01", "", "")]
    [InlineData("a a a b", 3, "01", "", "2")]
    [InlineData("a a a a", 4, "0", "", "123")]
    [InlineData("a b c d", 5, "0", "", "")]
    [InlineData("a! a! b b", 2, "01", "", "")] // its own that ran out, and nobody took
    [InlineData("-* -* - -", 1, "", "23", "")] // another is changing the first two right now
    [InlineData("a a* a* a", 2, "012", "", "3")] // none that is being changed is given up
    public void Is_fair(string rows, int replicas, string keep, string take, string giveUp)
    {
        var share = AlertShare.Of([.. rows.Split(' ').Select((text, shard) => new AlertShardRow
        {
            Shard = shard,
            Holder = text[0] == '-' ? null : text[..1],
            IsLive = !text.Contains('!'),
            IsFree = !text.Contains('*'),
        })], "a", replicas);

        Assert.Equal((keep, take, giveUp), (string.Concat(share.Keep), string.Concat(share.Take), string.Concat(share.GiveUp)));
    }

    [Fact]
    public void A_rule_belongs_to_the_shard_of_the_last_byte_of_its_id()
    {
        Assert.Equal(3, AlertShards.Of(new Guid("00112233-4455-6677-8899-aabbccddee07")));
        Assert.Equal(0, AlertShards.Of(new Guid("ffffffff-ffff-ffff-ffff-ffffffffff00")));
    }
}
