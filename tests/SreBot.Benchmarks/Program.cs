using SreBot.Benchmarks;

return args switch
{
    ["answers", .. var rest] => await AnswersBenchmark.RunAsync(rest is [var count] ? int.Parse(count) : 50),
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(At(rest, 0, 5_000_000), At(rest, 1, 200_000), At(rest, 2, 2)),
    ["volume", .. var rest] => await VolumeBenchmark.RunAsync(At(rest, 0, 10_000_000), At(rest, 1, 1), At(rest, 2, 20)),
    ["causes", .. var rest] => await CausesBenchmark.RunAsync((int)Number(rest, "--seeds", 50), Number(rest, "--from", 5000), Word(rest, "--causes") ?? "all", rest.Contains("--full")),
    ["alerts", .. var rest] when Word(rest, "--scenarios") is { } scenarios => AlertsBenchmark.Run(scenarios, Word(rest, "--out")),
    ["backtest", .. var rest] => await BacktestBenchmark.RunAsync(Number(rest, "--rows", 100_000_000), (int)Number(rest, "--days", 30), Word(rest, "--data"), (int)Number(rest, "--count", 3)),
    ["chaos", .. var rest] => await ChaosBenchmark.RunAsync(rest),
    ["alert-scale", .. var rest] => await AlertScaleBenchmark.RunAsync(Number(rest, "--requests", 100_000_000), (int)Number(rest, "--rules", 100_000), (int)Number(rest, "--projects", 100_000),
        (int)Number(rest, "--hours", 2), (int)Number(rest, "--ticks", 10), Word(rest, "--data") ?? Path.Combine(Path.GetTempPath(), "srebot-alert-scale-data"), Word(rest, "--only")),
    ["slack-ack", .. var rest] => await SlackAckBenchmark.RunAsync(At(rest, 0, 50), At(rest, 1, 60)),
    _ => Usage(),
};

static string? Word(string[] words, string name) => Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;

static long Number(string[] words, string name, long unless) => Word(words, name) is { } word ? long.Parse(word) : unless;

static int At(string[] rest, int place, int standard) => rest.Length > place ? int.Parse(rest[place]) : standard;

static int Usage()
{
    Console.Error.WriteLine("answers [count]: how long questions take over the demo's telemetry, against a request that only looks at both stores");
    Console.Error.WriteLine("ingest [rows] [rows a batch] [senders]: how many rows a second POST /ingest takes");
    Console.Error.WriteLine("volume [rows] [days] [count]: how long questions take over that many rows, and the memory that SreBot needs");
    Console.Error.WriteLine("causes [--seeds 50] [--from 5000] [--causes all] [--full]: how often the planted cause is named when its incident is asked about, and 'no cause' where none is");
    Console.Error.WriteLine("alerts --scenarios FILE [--out OUT.json]: plays scenarios of alert rules through the verdicts and the state machine, and compares with what is expected");
    Console.Error.WriteLine("backtest [--rows 100000000] [--days 30] [--data FOLDER] [--count 3]: how long the back-test of a rule takes over a day and over 30 days; the folder keeps the rows for the next run");
    Console.Error.WriteLine("chaos [--seed 1] [--kills 200] [--postgres-stops 20] [--minutes 20] [--hurry 0] [--replicas | --storm 5500]: whether an alert is lost or doubled, whatever is killed");
    Console.Error.WriteLine("alert-scale [--requests 100000000] [--rules 100000] [--projects 100000] [--hours 2] [--ticks 10] [--data FOLDER] [--only KIND]: how long a tick takes; the requests are kept in FOLDER");
    Console.Error.WriteLine("slack-ack [mentions a second] [seconds]: how long Slack waits for the acknowledgement of a mention");
    return 1;
}
