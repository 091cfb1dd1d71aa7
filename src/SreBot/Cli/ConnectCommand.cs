using System.CommandLine;
using SreBot.Model;
using SreBot.Telemetry;
using SreBot.Telemetry.Http;
using SreBot.Telemetry.Sources;

namespace SreBot.Cli;

/// <summary><c>connect clickhouse</c>: says how SreBot could read a server's table. It only reads, and writes nothing but the file that <c>--write</c> names.</summary>
internal sealed class ConnectCommand
{
    private const string PasswordVariable = "SREBOT_CLICKHOUSE_PASSWORD";
    private const int MostTables = 20;
    private const int SampleRows = 3;

    private readonly Argument<string> address = new("address") { Description = "The server's HTTP address, such as http://clickhouse:8123." };
    private readonly Option<string?> user = new("--user") { Description = $"SreBot's user there; its password is taken from {PasswordVariable}, or asked for." };
    private readonly Option<string?> table = new("--table") { Description = "The table to map, such as otel.otel_traces; the likeliest unless given." };
    private readonly Option<string> mode = new("--mode") { Description = "mapped: SreBot keeps roll-ups in its own database there. read-only: it writes nothing.", DefaultValueFactory = _ => "mapped" };
    private readonly Option<string?> write = new("--write") { Description = "A new file to write the settings to; they are only shown unless given." };

    public Command Create()
    {
        mode.AcceptOnlyFromAmong("mapped", "read-only");
        var clickhouse = new Command("clickhouse", "Look at a ClickHouse server's tables and say how SreBot could read them.") { address, user, table, mode, write };
        clickhouse.SetAction(RunAsync);
        return new Command("connect", "Find the settings for telemetry that exists already.") { clickhouse };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var options = new TelemetryOptions { Endpoint = parsed.GetValue(address), User = parsed.GetValue(user), Password = Password(parsed) };
        await using var transport = new HttpTransport(options, TimeProvider.System);
        var inspector = new SourceInspector(transport);
        Console.Out.WriteLine($"{await transport.DescribeAsync(cancel)}, as {await inspector.UserAsync(cancel)}");
        var tables = await inspector.FindAsync(cancel);
        foreach (var one in tables.Take(MostTables))
        {
            Console.Out.WriteLine($"  {one.Table}: {one.Rows:N0} rows, newest {await inspector.NewestAsync(one, cancel) ?? "unknown"}{(one.Proposal.Preset is { } preset ? $" (preset {preset})" : "")}");
        }

        var chosen = Choose(tables, parsed.GetValue(table));
        options.Source = ConnectReport.Settings(chosen, parsed.GetValue(mode)!);
        var mapping = SourceMapping.Of(options.Source);
        await new SourceCheck(transport).CheckAsync(mapping, cancel);
        ConnectReport.WriteMapping(Console.Out, mapping, chosen.Proposal.Preset, await inspector.SampleAsync(mapping, SampleRows, cancel));
        await ConnectReport.WriteRightsAsync(Console.Out, inspector, options.Source, mapping, cancel);
        ConnectReport.WriteSettings(Console.Out, options);
        await SaveAsync(parsed.GetValue(write), options, cancel);
        return 0;
    }

    private static FoundTable Choose(IReadOnlyList<FoundTable> tables, string? named)
    {
        if (tables.Count == 0)
            throw new SreException(SreErrorKind.NotFound, "I see no table with a time and a duration or a status there; grant SELECT on the one that has the requests, or name its columns in Telemetry:Source:Columns.");
        if (named is null)
            return tables[0];

        var wanted = SourceTable.Parse(named);
        return tables.FirstOrDefault(table => table.Table == wanted)
            ?? throw new SreException(SreErrorKind.NotFound, $"I see no {wanted} with a time and a duration or a status; there are {string.Join(", ", tables.Take(8).Select(table => table.Table))}.");
    }

    /// <summary>Not an option, which would stay in the shell's history.</summary>
    private string? Password(ParseResult parsed)
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password)
            return password;
        if (parsed.GetValue(user) is not { } name || Console.IsInputRedirected)
            return null;

        Console.Error.Write($"Password of {name}: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static async Task SaveAsync(string? path, TelemetryOptions options, CancellationToken cancel)
    {
        if (path is null)
        {
            Console.Out.WriteLine("\nNothing was written, here or on the server; --write FILE keeps the settings.");
            return;
        }

        if (File.Exists(path))
            throw new SreException(SreErrorKind.Conflict, $"{path} is there already; name a new file after --write.");

        await File.WriteAllTextAsync(path, ConnectReport.Json(options), cancel);
        Console.Out.WriteLine($"\nThe settings are in {path}, without the password; nothing was written on the server.");
    }
}
