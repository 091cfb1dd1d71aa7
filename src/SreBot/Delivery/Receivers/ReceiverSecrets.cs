using Microsoft.AspNetCore.DataProtection;

namespace SreBot.Delivery.Receivers;

/// <summary>Seals what a receiver must keep secret, so that PostgreSQL and its dumps do not hold it in the open. One organization cannot open another's.</summary>
internal sealed class ReceiverSecrets(IDataProtectionProvider protection)
{
    public string Seal(long organizationId, string secret) => For(organizationId).Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed with keys that are not here, or for another organization.</exception>
    public string Open(long organizationId, string secret) => For(organizationId).Unprotect(secret);

    private IDataProtector For(long organizationId) => protection.CreateProtector("SreBot.Receivers", $"{organizationId}");
}
