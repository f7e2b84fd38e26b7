using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.AdminApi;

/// <summary>A token that a caller must show, as <c>Authorization: Bearer TOKEN</c>.</summary>
internal sealed class BearerToken(string? token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash = string.IsNullOrWhiteSpace(token) ? null : Hash(token);

    /// <summary>Whether a token is set.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>Reads a token from the settings, or from the file that they name.</summary>
    /// <exception cref="StartupException">
    /// The token is empty, or the file cannot be read: a token that is empty by mistake must not give access to everybody.
    /// </exception>
    public static BearerToken Read(string section, string? token, string? file) => new(ReadText(section, token, file));

    /// <summary>The text of a token from the settings, or from the file that they name; null: none is set.</summary>
    /// <exception cref="StartupException">The token is empty, or the file cannot be read.</exception>
    public static string? ReadText(string section, string? token, string? file)
    {
        token ??= file is null ? null : ReadFile(section, file);
        return token is null || token.Trim().Length > 0
            ? token
            : throw new StartupException(
                $"{section}:Token, or the file that {section}:TokenFile names, is empty: give a token, such as 'openssl rand -hex 32' prints.");
    }

    /// <summary>Whether a request shows the token. False where no token is set.</summary>
    public bool IsShownBy(HttpRequest request)
        => request.Headers.Authorization.ToString() is var header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && Matches(header[Scheme.Length..].Trim());

    // All hashes have the same length, so the time that the comparison takes reveals nothing about the token.
    private bool Matches(string shown) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(shown));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string ReadFile(string section, string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{section}:TokenFile cannot be read: {e.Message}");
        }
    }
}
