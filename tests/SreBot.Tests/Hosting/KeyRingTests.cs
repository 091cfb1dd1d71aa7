using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreBot.Hosting.Keys;
using SreBot.Model;
using SreBot.Tests.Scenario;

namespace SreBot.Tests.Hosting;

public sealed class KeyRingTests
{
    private const string Key = "q0Zf4mYl0y5Qm1y9cT2v8w3x6z7A8B9C";

    [Fact]
    public void With_a_master_key_the_key_ring_opens_with_that_key_alone()
    {
        using var folder = new TempFolder();
        var keyFile = Path.Combine(folder.Path, "master");
        File.WriteAllText(keyFile, Key + "\n");

        var secret = Protector(folder.Path, ("Secrets:MasterKeyFile", keyFile)).Protect("routing key");

        Assert.Equal("routing key", Protector(folder.Path, ("Secrets:MasterKey", Key)).Unprotect(secret));
        var written = string.Concat(Directory.GetFiles(Path.Combine(folder.Path, "keys")).Select(File.ReadAllText));
        Assert.Contains("MasterKeyDecryptor", written, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", written, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Protector(folder.Path, ("Secrets:MasterKey", new string('x', 32))).Unprotect(secret));
        Assert.ThrowsAny<Exception>(() => Protector(folder.Path).Unprotect(secret));
    }

    [Fact]
    public void Without_one_the_key_ring_lies_where_only_the_user_reads()
    {
        using var folder = new TempFolder();

        var secret = Protector(folder.Path).Protect("routing key");

        Assert.Equal("routing key", Protector(folder.Path).Unprotect(secret));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder.Path, "keys")));
        Assert.Equal("routing key", Protector(folder.Path, ("Secrets:MasterKey", Key)).Unprotect(secret)); // what was sealed before stays readable
    }

    [Theory]
    [InlineData("Secrets:MasterKey", "short", "takes 32 or more")]
    [InlineData("Secrets:MasterKeyFile", "/nowhere/key", "cannot be read")]
    public void A_key_that_does_not_serve_stops_the_start(string name, string value, string why)
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<SreException>(() => Protector(folder.Path, (name, value)));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static IDataProtector Protector(string folder, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddKeyRing(configuration, folder);
        return services.BuildServiceProvider().GetDataProtector("test");
    }
}
