using SreBot.Telemetry.Sources;

namespace SreBot.Tests.Telemetry.Sources;

public sealed class QueryBoundsTests
{
    [Theory]
    [InlineData("FROM t WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} AND timestamp < {to:DateTime64(3)}\nGROUP BY at", "{from:DateTime64(3)}", "{to:DateTime64(3)}", 1)]
    [InlineData("FROM t WHERE /*scope*/ AND minute >= {first:DateTime('UTC')} AND minute < {tick:DateTime('UTC')} AND minute >= {tick:DateTime('UTC')} - toIntervalSecond(w) GROUP BY x", "{first:DateTime('UTC')}", "{tick:DateTime('UTC')}", 60)]
    [InlineData("FROM t INNER JOIN (SELECT 1 FROM u WHERE /*scope*/ AND timestamp >= {wrong:DateTime64(3)}) AS x ON a = b WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)}", "{from:DateTime64(3)}", null, 1)]
    [InlineData("FROM t WHERE /*scope*/ AND service = {s:String} AND timestamp <= {now:DateTime64(3)})", null, "{now:DateTime64(3)}", 1)]
    [InlineData("FROM t WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} OR timestamp < {to:DateTime64(3)}", null, null, 0)]
    [InlineData("FROM t WHERE /*scope*/ AND (timestamp >= {a:DateTime64(3)} OR x) ORDER BY y", null, null, 1)]
    [InlineData("FROM t WHERE /*scope*/ AND timestamp >= {from:DateTime64(3)} + toIntervalHour(1)", null, null, 1)]
    [InlineData("FROM (SELECT 1 FROM t WHERE /*scope*/ LIMIT 1) WHERE timestamp >= {from:DateTime64(3)}", null, null, 1)]
    [InlineData("FROM t", null, null, 0)]
    public void Finds_what_holds_for_every_row_and_nothing_else(string sql, string? from, string? to, int seconds)
    {
        var bounds = QueryBounds.Of(sql, "FROM t".Length);

        Assert.Equal((from, to), (bounds.From, bounds.To));
        Assert.Equal(seconds, bounds.Step.TotalSeconds);
    }

    [Fact]
    public void Finds_the_request_that_is_asked_for()
    {
        Assert.Equal("{id:String}", QueryBounds.Of("WHERE /*scope*/ AND request_id = {id:String} AND timestamp >= {from:DateTime64(3)} LIMIT 1", 0).Request);
        Assert.Null(QueryBounds.Of("WHERE /*scope*/ AND request_id != {id:String}", 0).Request);
    }
}
