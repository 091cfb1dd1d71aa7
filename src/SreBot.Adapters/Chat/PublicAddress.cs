namespace SreBot.Adapters.Chat;

/// <summary>Where people's browsers reach SreBot, such as <c>http://127.0.0.1:5080</c>: completes links that start with <c>/</c>.</summary>
/// <param name="current">Asked at each use, since the port may be known only after the start.</param>
public sealed class PublicAddress(Func<Uri> current)
{
    public string Complete(string url) => url.StartsWith('/') ? new Uri(current(), url).AbsoluteUri : url;
}
