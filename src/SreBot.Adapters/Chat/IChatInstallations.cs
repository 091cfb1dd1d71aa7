using System.Security.Cryptography;

namespace SreBot.Adapters.Chat;

/// <summary>Keeps, sealed, what platforms gave when the bot was installed in a workspace; the same for all replicas.</summary>
public interface IChatInstallations
{
    /// <summary>Null: the bot is not installed there.</summary>
    /// <exception cref="CryptographicException">It was sealed with keys that are not here.</exception>
    Task<ChatInstallation?> FindAsync(string platform, string workspace, CancellationToken cancel);

    /// <summary>The workspaces with an installation, in order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string platform, CancellationToken cancel);

    /// <summary>In place of what was kept for that workspace.</summary>
    Task SaveAsync(string platform, string workspace, string secret, CancellationToken cancel);

    /// <summary>Changes what is kept, one replica at a time; the others wait, and then see the change.</summary>
    /// <param name="change">What to keep instead; null removes the installation. Not asked when there is none.</param>
    /// <returns>What is kept now; null when nothing is.</returns>
    /// <exception cref="CryptographicException">It was sealed with keys that are not here.</exception>
    Task<string?> ChangeAsync(string platform, string workspace, Func<ChatInstallation, Task<string?>> change, CancellationToken cancel);

    /// <summary>True for the first to ask with that ticket, and for nobody after.</summary>
    /// <param name="until">When the ticket is void by itself, and need not be remembered longer.</param>
    Task<bool> TakeOnceAsync(string ticket, DateTimeOffset until, CancellationToken cancel);
}

/// <summary>What is kept for a workspace.</summary>
/// <param name="Secret">The adapter's own words, opened.</param>
public sealed record ChatInstallation(string Workspace, string Secret, DateTimeOffset SavedAt);
