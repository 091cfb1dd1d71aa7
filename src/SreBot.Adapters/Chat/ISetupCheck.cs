namespace SreBot.Adapters.Chat;

/// <summary>Looks whether one part is set up as it should be. It only looks: it posts nothing and changes nothing.</summary>
public interface ISetupCheck
{
    /// <summary>The part, such as <c>Slack</c>.</summary>
    string Part { get; }

    /// <summary>One line for each thing looked at, at least one. A fault that is thrown becomes a line of its own.</summary>
    Task<IReadOnlyList<SetupLine>> LookAsync(CancellationToken cancel);
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Found">What there is, in one sentence; holds no secret.</param>
/// <param name="ToDo">What a person does about it, in one sentence; null when there is nothing to do.</param>
public sealed record SetupLine(SetupState State, string Found, string? ToDo = null);

/// <summary>How a thing stands.</summary>
public enum SetupState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not set up, and nothing needs it.</summary>
    Off,

    /// <summary>It works, and something should be looked at.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Broken,
}
