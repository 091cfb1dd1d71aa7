using SreBot.Model;

namespace SreBot.Hosting;

/// <summary>Writes to standard output: standard error when a command runs, whose own output stays clean.</summary>
internal sealed class OperatorConsole(bool isQuiet) : IOperatorConsole
{
    public void Say(string line) => (isQuiet ? Console.Error : Console.Out).WriteLine(line);
}
