using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SreBot.Adapters.Web;

/// <summary>The page's files, from this assembly, and those that the host adds.</summary>
internal sealed class WebAssets(IOptions<WebConsoleOptions> options)
{
    private readonly ConcurrentDictionary<string, WebAsset> known = new(StringComparer.Ordinal);

    /// <summary>Null when there is no such file.</summary>
    public WebAsset? Find(string name)
    {
        if (known.TryGetValue(name, out var asset))
            return asset;
        return Content(name) is { } content ? known.GetOrAdd(name, Pack(name, content)) : null;
    }

    private byte[]? Content(string name) => name switch
    {
        "index.html" => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Embedded(name)!).Replace("{{product}}", WebUtility.HtmlEncode(options.Value.Product), StringComparison.Ordinal)),
        "fonts.css" => Encoding.UTF8.GetBytes(FontFace("sans", "100 900") + FontFace("mono", "100 800")),
        _ when options.Value.AssetFiles.TryGetValue(name, out var path) => File.Exists(path) ? File.ReadAllBytes(path) : null,
        _ => Embedded(name),
    };

    private string FontFace(string name, string weights) => options.Value.AssetFiles.TryGetValue($"{name}.woff2", out var path) && File.Exists(path)
        ? $"@font-face {{ font-family: console-{name}; src: url({name}.woff2) format(\"woff2\"); font-weight: {weights}; font-display: swap; }}\n"
        : "";

    private static byte[]? Embedded(string name)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream("Web/" + name);
        if (stream is null)
            return null;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static WebAsset Pack(string name, byte[] content)
    {
        var type = ContentType(name);
        return new(content, type.StartsWith("font/", StringComparison.Ordinal) ? null : Zip(content), type, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12)));
    }

    private static byte[] Zip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
