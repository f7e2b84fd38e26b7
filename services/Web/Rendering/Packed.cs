using System.IO.Compression;

namespace Skypunch.Web.Rendering;

/// <summary>
/// Writes answers with gzip where the browser takes it. No answer has both a secret and a text that somebody else can choose, from whose length
/// together with the secret's the secret could be told (BREACH).
/// </summary>
public static class Packed
{
    private const int Least = 1024;

    /// <summary>Writes the body of an answer.</summary>
    public static async Task WriteAsync(HttpContext http, byte[] content, CancellationToken cancellationToken)
    {
        if (content.Length < Least || !http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await http.Response.Body.WriteAsync(content, cancellationToken);
            return;
        }

        http.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(content, cancellationToken);
    }
}
