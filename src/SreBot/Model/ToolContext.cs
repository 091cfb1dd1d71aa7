namespace SreBot.Model;

/// <summary>What a tool may use while it answers one question.</summary>
/// <param name="Now">The question's clock: "the last hour" counts from here.</param>
/// <param name="Progress">Takes short texts such as "Reading Server_9", shown while the person waits.</param>
internal sealed record ToolContext(Caller Caller, IStepRecorder Steps, DateTimeOffset Now, IProgress<string> Progress)
{
    public AccessScope Scope => Caller.Scope;
}
