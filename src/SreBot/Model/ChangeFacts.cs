namespace SreBot.Model;

/// <summary>Something that people changed, as other features see it.</summary>
/// <param name="Kind"><c>deploy</c>, <c>config</c> or <c>flag</c>.</param>
/// <param name="Title">Such as <c>deploy of checkout v42</c>.</param>
/// <param name="Who">Empty when that is not recorded; so are <paramref name="Service"/>, <paramref name="Version"/> and <paramref name="Link"/>.</param>
internal sealed record ChangeFacts(DateTimeOffset At, string Kind, string Service, string Version, string Title, string Who, string Link)
{
    /// <summary>What it is in the words of every change: <c>deploy of checkout v42</c>, <c>config change of checkout timeout=5s</c>.</summary>
    public string Name => string.Join(' ', new[] { Kind == "deploy" ? Kind : $"{Kind} change", Service.Length > 0 ? $"of {Service}" : "", Version }.Where(word => word.Length > 0));

    /// <summary>What the title says beyond <see cref="Name"/>; empty when nothing.</summary>
    public string Note => string.Equals(Title, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(Title, $"{Kind} {Service} {Version}", StringComparison.OrdinalIgnoreCase) ? "" : Title;
}
