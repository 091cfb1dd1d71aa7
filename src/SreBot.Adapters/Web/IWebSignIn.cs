namespace SreBot.Adapters.Web;

/// <summary>Who a browser is.</summary>
public interface IWebSignIn
{
    /// <summary>The owner of an API token; null when it is not known, or no longer.</summary>
    Task<WebVisitor?> FindAsync(string token, CancellationToken cancel);

    /// <summary>The demo organization's visitor; null when the demo is off.</summary>
    Task<WebVisitor?> FindDemoAsync(CancellationToken cancel);
}
