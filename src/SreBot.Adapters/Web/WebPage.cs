using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SreBot.Adapters.Web;

/// <summary>The page and its files. A browser keeps them and asks each time whether they changed.</summary>
internal static class WebPage
{
    public static IResult Show(HttpContext context, WebAssets assets) => Send(context, assets.Find("index.html"));

    public static IResult Asset(string name, HttpContext context, WebAssets assets) => Send(context, name == "index.html" ? null : assets.Find(name));

    private static IResult Send(HttpContext context, WebAsset? asset)
    {
        if (asset is null)
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var gzip = asset.Gzip is not null && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (gzip)
            headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(gzip ? asset.Gzip! : asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}{(gzip ? "-gzip" : "")}\""));
    }
}
