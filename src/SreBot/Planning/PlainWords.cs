using System.Collections.Frozen;

namespace SreBot.Planning;

/// <summary>Words that name no service, server or endpoint, wherever they stand.</summary>
internal static class PlainWords
{
    private static readonly FrozenSet<string> All = """
        a about above across actually added affect affected affecting after again against agent alarm alarming alert alerting alerts all also always am an and another any anybody anyone
        anything apdex are around as ask at availability average avg away back bad badly be because been before began behind being best better between big bigger biggest blame blast
        both bot box boxes break breakdown breaking breaks broke broken build busier busiest busy but by call called calls came can cause caused causes causing chance change changed
        changes channel chart charts check cheap cheapest clear client clients close come comparable compare compared comparing comparison complain complaining complains config
        configuration confirm cost costing costs could count cpu crash crashed crashing culprit current currently customer customers data day days dead debug default deploy deployed
        deploying deployment deployments deploys describe details diagnose did differ difference different do does doing done down draw drop dropped dropping duration during each early
        either else end ended ending endpoint endpoints error erroring errors even ever every everybody everyone everything exactly exceptions execution expensive explain fail failed
        failing fails failure failures fast faster fastest feature feel feels few find fine fire fired firing first fix fixed flag flags flapping flip flipped fluctuating for from frontend fyi
        general get gets getting give go goes going gone good got graph great had half happen happened happening happens hard has have having he health healthy heavy hello help her
        here hey hi high higher highest history hit hits hitting hogging host hosts hot hottest hour hours how hows i idea idle if impact impacted in incident incidents increase
        increased increasing info inside instance instances instead investigate is issue issues it items its jump jumped jumping jumps just keep keeps kind know lag laggy large largest
        last late latency latencies later latest least less let like list little load long longer look looked looking looks lot lots low lower lowest machine machines made make makes
        making many matter max maximum may me mean median mem memory metric metrics mid might min minimum minute minutes moment money month more most much mute my need new newest next
        no node nodes noisiest noisy normal normally not nothing notice noticed now number numbers of off often ok okay old on one ones only open or order other others our out outage
        outages over overall overview own page paged part past path paths peak peaking people per percent percentile percentiles perf performance performing place platform platforms please plot pls pod pods
        point possible previous prob probably problem problems prod production project projects push pushed question quick quiet quieter quietest quite radius ram ramp ran range rank ranked
        ranking rate rates ratio rca reading really reason recent recently recovered region regions regress regression related release released releases report reported reporting request
        requests resolve resolved responding response responsive right rising rollout root route routes rps running s same saturated saw say saying says second seconds see seeing seem seems
        seen send sending sends server servers service services severity she ship shipped should show showing shows side since site sites situation slack slow slower slowest slowing slowly slowness
        small so some somebody someone something soon spend spending spent spike spiked spikes spiking stand start started starting starts state stats status still stop stopped stuck such
        suddenly sum summary super sure swing swings system systems take takes taking talkers talking team tell tenant tenants than thank thanks that thats the their them then there theres these they thing
        things think this those though through throughput throw throwing thx tickets time timeline timeouts timeout times timing to today together too took top total trace traffic trend trending trends
        trouble true try trying turn tx type under unhealthy unresponsive until up uptime us usage use used user users uses using usual usually value values varies version versions versus very via
        volume vs wait want was wasnt way we week weird well went were what whatever whats when where whether which while who whom whos whose why whys wildly will with within without work working works
        worse worst would wrong year yes yesterday yet you your zone availability success disk network queue iops threads connections saturation slo sla bandwidth gc
        mobile web api get post put patch delete head p50 p90 p95 p99 5xx 4xx 500s 502s 503s 504s unstable stable steady degraded degrading health red green erratic off-call
        much-needed noise neighbour neighbor neighbours neighbors worried worrying anymore already almost maybe both far near night morning afternoon evening weekend monday tuesday wednesday thursday
        qps tail able absolutely abnormal accept according acceptable act active activity additional adopt advice afterwards ago agree ahead alive allow alone along alright although amount announce answer anyhow
        anywhere apart apparently appear appears apply approve area aside assume attention awake aware awful axis baseline based basic beat become beef begin below beneath beside bet beyond bit bits blip block blow blown
        board body bottleneck bottom bound brief bring brought budget bug bugs bump bunch burn burst business cap capacity capture care carry case cases catch causal certain checkin chill choose choke chunk class clean
        clearly clock cluster code cold collapse common company complete concern concerned consider consume consumer consumers contain contribute control cool correct correlate correlation couple cover crap crazy creep
        crept critical curious curve cut daily damage date deal decent deep degrade degradation degraded delay delays delta depend desk detail dev deviate deviation dip dips direction disaster doubt
        downtime drift drive drop due dump ease easy edge effect element else's emergency employee enough entire environment error's especially evidence exceed exceeds except existing expect explanation explode exploded extra extreme
        eye eyes face fact factor fairly false far fault feedback field figure figures file fleet flow focus follow folks forget former fraction frame free frequent frequently fresh full fully fun funny
        further gap general glance global gonna graphs greater group grow grows grown growth guess guilty guy guys handle happy harm hate hearing heat hide hold hole hope horrible huge human hundred hurt hurts icon ideas
        identify ignore immediate important improve improves improvement incoming individual insane install intermittent internal isnt job join judge key killer killing kinds knock known lately layer lead leak leaks learn leave left legit
        lemme lend level levels life light limit limits line link live lived loads local location log logs lose lose losing loss lost louder mad main mainly manager mass massive match mention mess messed mild
        million mind mine miss missing mistake mode modest monitoring mostly move moved moves movement multiple name named names nasty nature necessarily neither nobody none nope note numbers object obvious obviously odd offending offender
        offenders office ones ongoing onset opinion opposite option ordinary origin otherwise outlier outliers outside overload overloaded owner pace page pages pain panel particular particularly partner pattern patterns pause pending perfect perform performant
        period permanent person physical pick picture piece pin place plain plan play plenty pop popular portion pretty prevent primary principal prior process produce proof proper proportion prove pull pulled pushes quarter quarterly queries
        questions raise raised random rapid rare rather raw reach react read ready reality realise realize rebound receive recover recovers recovery red reduce reference refuse regional regular relate relative relevant remain
        remember remind remove rep repeat reply rest result results return returned returns revert review reverted rid ridiculous risk roll rollback rolled roof rough roughly row rule rules run safe sad scale schedule screen
        section select sense separate serious serve served set setup several severe shape share sharp shift shit shot sideways sign significant silly similar simple simply single size skew skyrocket slice slight slightly
        slip smooth solid solve source space specific specifically speed spell split spot spread stage stall standard stopping story straight strange stress stretch string strong struggle stuff suck sucks sudden suffer suppose suspect
        suspects suspicious sweet switch symptom symptoms table talk tank tanked task teams tech tend term terms terrible test tests themselves theory thereabouts thick thousand threshold tie tight tiny tip tired title tonight
        tons tool topic totally touch tough toward towards track traffic's transaction translate triage triaged trigger triggered triggers truly tune twice twist ugly ultimately unable uncommon understand unexpected unhappy uniform unit
        unknown unlike unusual unusually upon upset upward urgent usable useful useless utilisation utilization variance vast verify versus victim victims view visible visit visual wake watch wave ways week's weeks whats what's
        who's where's when's how's it's that's there's here's let's why's widespread wide wild wonder wondering word work worried worry worth wow write yeah yep yikes yup zero spender spenders share approve pr
        friend friends lunch dinner breakfast thoughts thought heads weather joke jokes
        friday saturday sunday january february march april june july august september october november december sec secs mins hrs hr ms usd dollars spender
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are often mistyped, as they should be.</summary>
    private static readonly string[] Mended =
    [
        "latency", "errors", "error", "incident", "incidents", "alerts", "server", "servers", "service", "services", "endpoint", "endpoints", "yesterday", "compare", "requests", "memory", "traffic",
        "region", "regions", "version", "project", "failing", "percentile", "slowest", "highest", "deploy", "changed", "happened", "throughput", "broken", "morning", "afternoon", "minutes", "hours", "today", "which", "acknowledge", "resolve",
    ];

    /// <summary>Services that are called like what somebody does.</summary>
    private static readonly FrozenSet<string> Doings = new[]
    {
        "billing", "booking", "pricing", "shipping", "messaging", "routing", "tracking", "ranking", "marketing", "banking", "staging", "reporting", "onboarding", "ticketing", "logging", "scheduling", "streaming", "rating", "listing", "accounting", "invoicing", "feed",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Also what ends as verbs and adverbs do; a name with a dash or a figure is none of them.</summary>
    public static bool Has(string word) => All.Contains(word) || (word.Length > 4 && word.All(char.IsLetter) && !Doings.Contains(word)
        && (word.EndsWith("ing", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ly", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The word that was probably meant; the word itself when it is plain already, short, or near none.</summary>
    public static string Mend(string word)
    {
        if (word.Length < 5 || Has(word) || !word.All(char.IsLetter))
            return word;

        var lower = word.ToLowerInvariant();
        return Mended.FirstOrDefault(plain => Math.Abs(plain.Length - lower.Length) <= 1 && plain[0] == lower[0] && Evidence.NearestName.Distance(lower, plain) == 1) ?? word;
    }
}
