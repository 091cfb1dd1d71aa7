using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class DependencyPassTests
{
    private static readonly RcaCall Search = MadeTraffic.Call("catalog", "search-index", 2.5, 2.5);

    [Fact]
    public void Names_what_the_slow_requests_call()
    {
        var first = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 10), Search]).Causes[0];

        Assert.Equal((RcaCauseKind.Dependency, "payments-db"), (first.Kind, first.Entity));
        Assert.Equal("payments-db", first.Sentence.Values[0]);
    }

    [Fact]
    public void Names_the_caller_when_its_calls_are_as_fast_as_before()
    {
        var first = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 2.5), Search]).Causes[0];

        Assert.Equal((RcaCauseKind.Service, "the service checkout"), (first.Kind, first.Entity));
    }

    [Fact]
    public void Names_no_callee_whose_calls_explain_little_of_it()
    {
        var causes = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 3.5), Search]).Causes;

        Assert.DoesNotContain(causes, cause => cause.Kind == RcaCauseKind.Dependency);
    }

    [Fact]
    public void Names_no_callee_when_all_others_are_slower_as_well()
    {
        var verdict = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 10), MadeTraffic.Call("catalog", "search-index", 2.5, 9)]);

        Assert.DoesNotContain(verdict.Causes, cause => cause.Kind == RcaCauseKind.Dependency);
        Assert.Contains(verdict.RuledOut, statement => statement.Template.Contains("so did the calls of all others", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_no_callee_that_is_slow_for_one_of_its_callers_only()
    {
        var verdict = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 10), MadeTraffic.Call("cart", "payments-db", 2.5, 2.5), Search]);

        Assert.DoesNotContain(verdict.Causes, cause => cause.Kind == RcaCauseKind.Dependency);
        Assert.Contains(verdict.RuledOut, statement => statement.Template.Contains("some of its callers only", StringComparison.Ordinal));
    }

    [Fact]
    public void Suspects_a_deploy_of_the_only_caller_before_what_it_calls()
    {
        var verdict = Explain([MadeTraffic.Call("checkout", "payments-db", 2.5, 10), Search], new RcaChange(MadeTraffic.Onset, "deploy", "checkout", "v42", "Deploy checkout v42"));

        Assert.Equal(RcaCauseKind.BadDeploy, Assert.Single(verdict.Causes).Kind);
    }

    private static RcaVerdict Explain(IReadOnlyList<RcaCall> calls, params RcaChange[] changes) => RcaEngine.Explain(new MadeTraffic(3)
    {
        Called = calls,
        Changes = changes,
        Plant = request =>
        {
            request.Latency += request.Minute >= MadeTraffic.QuietMinutes && request.Is("service", "checkout") ? 7.5 : 0;
            return true;
        },
    }.Make());
}
