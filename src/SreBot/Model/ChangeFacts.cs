namespace SreBot.Model;

/// <summary>Something that people changed, as other features see it.</summary>
/// <param name="Kind"><c>deploy</c>, <c>config</c> or <c>flag</c>.</param>
/// <param name="Title">Such as <c>deploy of checkout v42</c>.</param>
/// <param name="Who">Empty when that is not recorded; so are <paramref name="Service"/>, <paramref name="Version"/> and <paramref name="Link"/>.</param>
internal sealed record ChangeFacts(DateTimeOffset At, string Kind, string Service, string Version, string Title, string Who, string Link);
