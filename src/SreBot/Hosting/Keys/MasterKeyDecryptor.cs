using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace SreBot.Hosting.Keys;

/// <summary>Unwraps a key of the key ring. The key ring names this type, and makes it by this constructor.</summary>
internal sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => services.GetService<MasterKey>() is { } key
        ? XElement.Parse(key.Open(encryptedElement.Value))
        : throw new CryptographicException("The key ring is wrapped, and Secrets:MasterKeyFile and Secrets:MasterKey are not set.");
}
