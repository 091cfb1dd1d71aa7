using SreBot.Benchmarks;

return args switch
{
    ["answers", .. var rest] => await AnswersBenchmark.RunAsync(rest is [var count] ? int.Parse(count) : 50),
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(At(rest, 0, 5_000_000), At(rest, 1, 200_000), At(rest, 2, 2)),
    ["volume", .. var rest] => await VolumeBenchmark.RunAsync(At(rest, 0, 10_000_000), At(rest, 1, 1), At(rest, 2, 20)),
    ["causes", .. var rest] => await CausesBenchmark.RunAsync((int)Number(rest, "--seeds", 50), Number(rest, "--from", 5000), Word(rest, "--causes") ?? "all", rest.Contains("--full")),
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
    return 1;
}
