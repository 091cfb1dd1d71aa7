using System.Security.Cryptography;
using System.Text.Json;

namespace SreBot.Embedded;

/// <summary>What SreBot must remember of its private server, in a file that only SreBot's own user may read.</summary>
/// <param name="Name">Stands in the command line or title of each of the server's processes, so that they are known from all others.</param>
internal sealed record PostgresSecrets(string Name, string Password, string OwnerPassword)
{
    /// <summary>Null when there is no such file.</summary>
    public static PostgresSecrets? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PostgresSecrets>(File.ReadAllText(path));
        }
        catch (Exception error) when (error is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public static PostgresSecrets Create(string path)
    {
        var secrets = new PostgresSecrets($"srebot-{RandomNumberGenerator.GetHexString(12, lowercase: true)}", NewPassword(), NewPassword());
        PrivateFile.Write(path, JsonSerializer.Serialize(secrets));
        return secrets;
    }

    // Hexadecimal, so that it needs no quoting in SQL or in a connection string.
    private static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
