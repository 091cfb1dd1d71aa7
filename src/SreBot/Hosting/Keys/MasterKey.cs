using System.Security.Cryptography;
using System.Text;
using SreBot.Model;

namespace SreBot.Hosting.Keys;

/// <summary>The key that wraps the key ring: <c>Secrets:MasterKeyFile</c> or <c>Secrets:MasterKey</c>, any text of 32 characters or more.</summary>
internal sealed class MasterKey
{
    private const int ShortestLength = 32;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private readonly byte[] key;

    private MasterKey(string text) => key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text), 32, info: "SreBot key ring"u8.ToArray());

    /// <summary>Null: the key ring lies as it is, in a folder that only the user may read.</summary>
    /// <exception cref="SreException">Invalid: the file cannot be read, or the key is short.</exception>
    public static MasterKey? Read(IConfiguration configuration)
    {
        var text = configuration["Secrets:MasterKeyFile"] is { Length: > 0 } file ? Text(file) : configuration["Secrets:MasterKey"]?.Trim();
        return string.IsNullOrEmpty(text) ? null
            : text.Length >= ShortestLength ? new MasterKey(text)
            : throw new SreException(SreErrorKind.Invalid, $"The master key has {text.Length} characters; it takes {ShortestLength} or more, such as from: openssl rand -base64 32");
    }

    /// <summary>Nonce, tag and ciphertext, as base64.</summary>
    public string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">It was sealed with another key.</exception>
    public string Open(string sealedText)
    {
        var box = Convert.FromBase64String(sealedText);
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SreException(SreErrorKind.Invalid, $"Secrets:MasterKeyFile cannot be read: {error.Message}", error);
        }
    }
}
