namespace SreBot.Adapters.Tests.Slack;

/// <summary>What goes wrong with the next call of a method.</summary>
internal abstract record Fault
{
    private Fault() { }

    public sealed record Rate(int RetryAfterSeconds) : Fault;

    /// <param name="AfterTheWork">The call does what it should, and only its answer is lost.</param>
    public sealed record Status(int Code, bool AfterTheWork = false) : Fault;

    /// <summary>No answer until the caller goes away.</summary>
    /// <param name="AfterTheWork">The call does what it should first.</param>
    public sealed record Hang(bool AfterTheWork = false) : Fault;

    /// <summary>This call goes well.</summary>
    public sealed record None : Fault;

    public sealed record Error(string Word, string? Needed = null) : Fault;
}
