using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SreBot.Adapters.Chat;

namespace SreBot.Adapters.Slack;

/// <summary>The <c>state</c> of an installation: sealed, good for ten minutes, once, and in the browser that began alone.</summary>
internal sealed class SlackInstallState(IDataProtectionProvider protection, IChatInstallations kept, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _seal = protection.CreateProtector("SreBot.SlackInstall");

    /// <param name="Ticket">Stays in the browser, as a cookie.</param>
    public (string State, string Ticket) Begin()
    {
        var ticket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return (_seal.Protect($"{ticket} {(time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()}"), ticket);
    }

    /// <summary>True once, for a state that this browser began with.</summary>
    public async Task<bool> TakeAsync(string? state, string? ticket, CancellationToken cancel) =>
        Open(state) is var (begun, until) && begun == ticket && time.GetUtcNow() < until && await kept.TakeOnceAsync(begun, until, cancel);

    private (string Ticket, DateTimeOffset Until)? Open(string? state)
    {
        try
        {
            var words = _seal.Unprotect(state ?? "").Split(' ');
            return (words[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(words[1], CultureInfo.InvariantCulture)));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
