namespace SreBot.Rca;

/// <summary>A deploy, a configuration change or a flag.</summary>
internal sealed record RcaChange(DateTimeOffset At, string Kind, string Service, string Version, string Title);
