using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SreBot.Model;
using SreBot.Tests.Fixtures;
using SreBot.Tests.Scenario;

namespace SreBot.Tests.Delivery;

/// <summary>A mail server from npm (smtp-server) with a certificate of the test's own.</summary>
internal sealed class SmtpPeer : IDisposable
{
    private static readonly NodePeer Node = new("mailparser");

    private readonly TempFolder folder;
    private readonly Process process;

    private SmtpPeer(TempFolder folder, Process process, int port) => (this.folder, this.process, Port) = (folder, process, port);

    public int Port { get; }

    /// <summary>The file with the certificate, as <c>SSL_CERT_FILE</c> names it.</summary>
    public string Certificate => Path.Combine(folder.Path, "certificate.pem");

    /// <summary>The mails that arrived, as mailparser read them, oldest first.</summary>
    public IReadOnlyList<ArrivedMail> Mails =>
    [
        .. Directory.GetFiles(folder.Path, "*.json").OrderBy(file => int.Parse(Path.GetFileNameWithoutExtension(file)))
            .Select(file => JsonSerializer.Deserialize<ArrivedMail>(File.ReadAllText(file), SreJson.Options)!),
    ];

    /// <param name="mode"><c>starttls</c>, <c>tls</c> or <c>plain</c>.</param>
    public static async Task<SmtpPeer> StartAsync(string mode)
    {
        var folder = new TempFolder();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder.Path, "certificate.pem"), Path.Combine(folder.Path, "key.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        var (process, line) = await Node.StartAsync("serve.mjs", mode, certificateFile, keyFile, folder.Path);
        return new SmtpPeer(folder, process, int.Parse(line));
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
        folder.Dispose();
    }
}
