using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace SreBot.Hosting.Keys;

/// <summary>Where the keys lie that sign people in and seal secrets.</summary>
internal static class KeyRing
{
    /// <param name="folder">Of the data.</param>
    public static void AddKeyRing(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        services.AddDataProtection().SetApplicationName("SreBot").PersistKeysToFileSystem(
            Directory.CreateDirectory(Path.Combine(folder, "keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        if (MasterKey.Read(configuration) is { } key)
        {
            services.AddSingleton(key);
            services.Configure<KeyManagementOptions>(ring => ring.XmlEncryptor = new MasterKeyEncryptor(key));
        }
    }
}
