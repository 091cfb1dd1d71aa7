using SreBot.Model;
using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class RcaEngineTests
{
    private const int Seeds = 10;

    [Fact]
    public void Names_no_cause_on_noise()
    {
        var named = Enumerable.Range(0, 30).Select(seed => RcaEngine.Explain(new MadeTraffic(seed).Make())).SelectMany(verdict => verdict.Causes).ToList();

        Assert.Empty(named);
    }

    [Fact]
    public void Names_no_cause_of_errors_or_traffic_on_noise()
    {
        var named = Enumerable.Range(0, 30).SelectMany(seed => new[] { RcaMeasure.ErrorRate, RcaMeasure.Requests }.Select(measure => RcaEngine.Explain(new MadeTraffic(seed).Make(measure)))).SelectMany(verdict => verdict.Causes).ToList();

        Assert.Empty(named);
    }

    [Fact]
    public void Names_no_cause_on_the_tutorials_data()
    {
        var named = Enumerable.Range(0, 30)
            .Select(seed => RcaEngine.Explain(new MadeTraffic(seed).MakeTutorial(new DimensionCondition("server_id", "Server_3")))).SelectMany(verdict => verdict.Causes).ToList();

        Assert.Empty(named);
    }

    [Fact]
    public void Names_a_slow_server() => Names(RcaCauseKind.SlowServer, "Server_9", seed => new MadeTraffic(seed)
    {
        Plant = request => Slow(request, request.Is("server_id", "Server_9"), 2),
    }.Make());

    [Fact]
    public void Names_a_server_whose_CPU_is_taken() => Names(RcaCauseKind.NoisyNeighbour, "Server_4", seed => new MadeTraffic(seed)
    {
        Plant = request =>
        {
            var hit = Late(request) && request.Is("server_id", "Server_4");
            request.Cpu = hit ? Math.Min(98, request.Cpu * 2) : request.Cpu;
            return Slow(request, hit, 2);
        },
    }.Make());

    [Fact]
    public void Names_a_server_that_leaks_memory() => Names(RcaCauseKind.MemoryLeak, "Server_7", seed => new MadeTraffic(seed)
    {
        Plant = request =>
        {
            var hit = Late(request) && request.Is("server_id", "Server_7");
            var factor = hit ? 1 + ((request.Minute - MadeTraffic.QuietMinutes) / 30) : 1;
            request.Memory = Math.Min(97, request.Memory * factor);
            request.Latency *= factor;
            return true;
        },
    }.Make());

    [Fact]
    public void Names_a_bad_deploy_by_version_and_endpoint() => Names(RcaCauseKind.BadDeploy, "v42 on POST /pay", seed => Deploy(seed, request => Slow(request, request.Is("endpoint", "POST /pay"), 2)).Make());

    [Fact]
    public void Names_a_bad_deploy_that_makes_requests_fail() => Names(RcaCauseKind.BadDeploy, "v42 on POST /pay", seed => Deploy(seed, request =>
    {
        request.Fails |= Late(request) && request.Is("endpoint", "POST /pay") && request.Latency % 1 < 0.4;
        return true;
    }).Make(RcaMeasure.ErrorRate));

    [Fact]
    public void Names_a_platform_in_a_region() => Names(RcaCauseKind.Combination, "mobile in eu-west-1", seed => new MadeTraffic(seed)
    {
        Plant = request => Slow(request, request.Is("region", "eu-west-1") && request.Is("platform", "mobile"), 2),
    }.Make());

    [Fact]
    public void Names_a_traffic_surge() => Names(RcaCauseKind.TrafficSurge, "everything", seed => new MadeTraffic(seed)
    {
        Rate = minute => minute < MadeTraffic.QuietMinutes ? 100 : 200,
    }.Make(RcaMeasure.Requests));

    [Fact]
    public void Names_a_loss_of_traffic() => Names(RcaCauseKind.TrafficLoss, "everything", seed => new MadeTraffic(seed)
    {
        Rate = minute => minute < MadeTraffic.QuietMinutes ? 100 : 50,
    }.Make(RcaMeasure.Requests));

    [Fact]
    public void Names_a_project_that_sends_more() => Names(RcaCauseKind.HotProject, "Project_2", seed => new MadeTraffic(seed)
    {
        Rate = minute => minute < MadeTraffic.QuietMinutes ? 100 : 200,
        Plant = request => !Late(request) || request.Is("project_id", "Project_2") || request.Latency % 1 < 0.5,
    }.Make(RcaMeasure.Requests));

    [Fact]
    public void Does_not_blame_a_change_that_had_no_effect()
    {
        var input = new MadeTraffic(3)
        {
            Plant = request => Slow(request, request.Is("server_id", "Server_9"), 3),
            Changes = [new RcaChange(MadeTraffic.Onset.AddMinutes(-1), "deploy", "cart", "v42", "Deploy cart v42")],
        }.Make();

        var verdict = RcaEngine.Explain(input);

        Assert.Equal("Server_9", Assert.Single(verdict.Causes).Entity);
        Assert.Contains(verdict.RuledOut, statement => statement.Values.Contains("Deploy cart v42"));
    }

    [Fact]
    public void Does_not_blame_a_server_whose_memory_moves_alone()
    {
        var input = new MadeTraffic(5)
        {
            Plant = request =>
            {
                request.Memory *= Late(request) && request.Is("server_id", "Server_2") ? 1.6 : 1;
                return Slow(request, request.Is("server_id", "Server_9"), 3);
            },
        }.Make();

        var verdict = RcaEngine.Explain(input);

        Assert.Equal("Server_9", Assert.Single(verdict.Causes).Entity);
        Assert.Contains(verdict.RuledOut, statement => statement.Values.Contains("Server_2"));
    }

    [Fact]
    public void Names_both_of_two_causes_at_once()
    {
        var input = new MadeTraffic(8)
        {
            Plant = request => Slow(request, request.Is("server_id", "Server_9"), 3) && Slow(request, request.Is("server_id", "Server_2"), 2),
        }.Make();

        var verdict = RcaEngine.Explain(input);

        Assert.Equal(["Server_9", "Server_2"], verdict.Causes.Select(cause => cause.Entity));
    }

    [Fact]
    public void Names_no_second_cause_for_what_the_first_one_explains()
    {
        var verdict = RcaEngine.Explain(Deploy(6, request =>
        {
            request.Fails |= Late(request) && request.Is("endpoint", "POST /pay") && request.Latency % 1 < 0.8;
            return true;
        }).Make(RcaMeasure.ErrorRate));

        Assert.Equal("v42 on POST /pay", Assert.Single(verdict.Causes).Entity);
    }

    [Fact]
    public void Says_that_a_server_was_worse_than_its_peers_all_along()
    {
        var input = new MadeTraffic(2)
        {
            Plant = request =>
            {
                request.Latency *= request.Is("server_id", "Server_9") ? 2 : 1;
                return true;
            },
        }.Make(RcaMeasure.Latency, new DimensionCondition("server_id", "Server_9"));

        var cause = Assert.Single(RcaEngine.Explain(input).Causes);

        Assert.Equal("Server_9", cause.Entity);
        Assert.Contains("worse than its peers", cause.Sentence.Template, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_nothing_for_a_server_that_did_not_change_while_another_did()
    {
        var input = new MadeTraffic(4)
        {
            Plant = request => Slow(request, request.Is("server_id", "Server_9"), 3),
        }.Make(RcaMeasure.Latency, new DimensionCondition("server_id", "Server_1"));

        Assert.Empty(RcaEngine.Explain(input).Causes);
    }

    private static MadeTraffic Deploy(int seed, Func<MadeRequest, bool> effect) => new(seed)
    {
        Changes = [new RcaChange(MadeTraffic.Onset, "deploy", "checkout", "v42", "Deploy checkout v42")],
        Plant = request =>
        {
            if (Late(request) && request.Is("service", "checkout"))
                request.Values["version"] = "v42";
            return effect(request);
        },
    };

    private static bool Late(MadeRequest request) => request.Minute >= MadeTraffic.QuietMinutes;

    private static bool Slow(MadeRequest request, bool isHit, double effect)
    {
        request.Latency *= Late(request) && isHit ? effect : 1;
        return true;
    }

    private static void Names(RcaCauseKind kind, string entity, Func<int, RcaInput> make)
    {
        var firsts = Enumerable.Range(100, Seeds).Select(seed => RcaEngine.Explain(make(seed)).Causes is [var first, ..] ? first : null).ToList();

        var right = firsts.Count(cause => cause?.Kind == kind && cause.Entity == entity);
        Assert.True(right >= 9, $"{right} of {Seeds}: {string.Join("; ", firsts.Select(cause => $"{cause?.Kind} {cause?.Entity} {cause?.Score:0.00}"))}");
    }
}
