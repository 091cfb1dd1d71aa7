namespace SreBot.Adapters.Web;

/// <summary>A file of the page, read once.</summary>
/// <param name="Gzip">The same content packed; null where that gains nothing.</param>
/// <param name="Hash">Of the content, in hex.</param>
internal sealed record WebAsset(byte[] Content, byte[]? Gzip, string ContentType, string Hash);
