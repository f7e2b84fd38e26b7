using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Skypunch.Web.Rendering;

/// <summary>
/// A file that browsers get: a style sheet, a module, an icon. Its address has a hash of its content, so that a browser keeps it for good and
/// still gets the next release's.
/// </summary>
public static class Asset
{
    private const string Folder = "Assets/";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly Dictionary<string, byte[]> Contents = ReadAll();
    private static readonly Dictionary<string, string> Paths = Contents.ToDictionary(pair => pair.Key, pair => PathOf(pair.Key, pair.Value));
    private static readonly Dictionary<string, string> Names = Paths.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The address of a file, below the path base.</summary>
    public static string Path(string name) => Paths[name];

    /// <summary>Answers requests for these files.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{file}", async (string file, HttpContext http) =>
    {
        if (!Names.TryGetValue($"assets/{file}", out var name) || !Types.TryGetContentType(name, out var type))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.ContentType = type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
        await Packed.WriteAsync(http, Contents[name], http.RequestAborted);
    });

    private static Dictionary<string, byte[]> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToDictionary(name => name[Folder.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        });
    }

    private static string PathOf(string name, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content)[..6]);
        return $"assets/{System.IO.Path.GetFileNameWithoutExtension(name)}.{hash}{System.IO.Path.GetExtension(name)}";
    }
}
