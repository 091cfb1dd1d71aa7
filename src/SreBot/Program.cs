using SreBot.Cli;
using SreBot.Hosting;
using SreBot.Model;

try
{
    return await new CommandLine(SreBotHost.StartAsync).Create().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (SreException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception error)
{
    Console.Error.WriteLine($"SreBot stopped on an internal error: {error.GetBaseException().Message.ReplaceLineEndings(" ")}");
    return 2;
}
