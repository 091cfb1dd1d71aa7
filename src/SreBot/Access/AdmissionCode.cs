using System.Security.Cryptography;

namespace SreBot.Access;

/// <summary>What a person reads to an admin: eight letters and digits that are not mistaken for each other (Crockford's base 32).</summary>
internal static class AdmissionCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Half = 4;

    public static string New() => Write(RandomNumberGenerator.GetString(Alphabet, 2 * Half));

    /// <summary>As <see cref="New"/> writes it, however it was typed; null when it is no code.</summary>
    public static string? Read(string text)
    {
        var letters = text.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return letters.Length == 2 * Half && letters.All(Alphabet.Contains) ? Write(letters) : null;
    }

    private static string Write(string letters) => $"{letters[..Half]}-{letters[Half..]}";
}
