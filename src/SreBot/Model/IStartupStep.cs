namespace SreBot.Model;

/// <summary>Something that must be done before SreBot serves. Steps run in the order of their registration; each may run again at the next start.</summary>
internal interface IStartupStep
{
    Task RunAsync(CancellationToken cancel);
}
