using SreBot.Benchmarks;

return args switch
{
    ["answers", .. var rest] => await AnswersBenchmark.RunAsync(rest is [var count] ? int.Parse(count) : 50),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("answers [count]: how long questions take over the demo's telemetry, against a request that only looks at both stores");
    return 1;
}
