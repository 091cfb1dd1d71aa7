namespace SreBot.Model;

/// <summary>A failure whose message may be shown to the person who asked.</summary>
internal sealed class SreException(SreErrorKind kind, string message, Exception? cause = null) : Exception(message, cause)
{
    public SreErrorKind Kind { get; } = kind;
}
