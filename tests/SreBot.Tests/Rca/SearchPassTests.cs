using SreBot.Rca;

namespace SreBot.Tests.Rca;

public sealed class SearchPassTests
{
    [Fact]
    public void Does_not_blame_a_new_version_for_what_its_endpoints_always_took()
    {
        var named = Enumerable.Range(0, 20).SelectMany(seed => RcaEngine.Explain(new MadeTraffic(seed)
        {
            Changes = [new RcaChange(MadeTraffic.Onset, "deploy", "checkout", "v42", "Deploy checkout v42")],
            Plant = request =>
            {
                if (request.Is("service", "checkout"))
                    (request.Values["version"], request.Latency) = (request.Minute >= MadeTraffic.QuietMinutes - 1 ? "v42" : "v41", request.Latency * 2);
                return true;
            },
        }.Make()).Causes).ToList();

        Assert.Empty(named);
    }

    [Fact]
    public void Does_not_blame_a_label_that_a_slower_service_uses_from_now_on_as_well()
    {
        var named = Enumerable.Range(0, 20).SelectMany(seed => RcaEngine.Explain(new MadeTraffic(seed)
        {
            Changes = [new RcaChange(MadeTraffic.Onset, "deploy", "checkout", "v41", "Deploy checkout v41")],
            Plant = request =>
            {
                if (request.Is("service", "checkout"))
                    (request.Values["version"], request.Latency) = (request.Minute >= MadeTraffic.QuietMinutes ? "v41" : "v40", request.Latency * 2);
                else if (!request.Is("service", "account"))
                    request.Values["version"] = "v12";
                return true;
            },
        }.Make()).Causes).ToList();

        Assert.Empty(named);
    }

    [Fact]
    public void A_cell_that_is_all_requests_is_called_everything()
    {
        var verdict = RcaEngine.Explain(new MadeTraffic(1) { Rate = minute => minute < MadeTraffic.QuietMinutes ? 100 : 150 }.Make(RcaMeasure.Requests));

        Assert.True(Assert.Single(verdict.Causes).Shift.Cell.IsAll); // not version v41, which all of them have
    }

    [Fact]
    public void A_small_move_of_the_server_that_lacks_memory_is_enough()
    {
        int Named(double memory) => Enumerable.Range(0, 20).Count(seed => RcaEngine.Explain(new MadeTraffic(seed)
        {
            Rate = _ => 12,
            Plant = request =>
            {
                var hit = request.Minute >= MadeTraffic.QuietMinutes && request.Is("server_id", "Server_3");
                request.Latency *= hit ? 1.25 : 1;
                request.Memory *= hit ? memory : 1;
                return true;
            },
        }.Make()).Causes is [{ Entity: "Server_3" }, ..]);

        Assert.True(Named(1.6) > Named(1));
    }
}
