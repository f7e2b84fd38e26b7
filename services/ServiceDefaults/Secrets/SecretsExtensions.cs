using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>Adds the <see cref="SecretBox"/>.</summary>
internal static class SecretsExtensions
{
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions();
        var key = Read("Key", options.Key, options.KeyFile) ?? throw new StartupException(
            "Secrets:Key or Secrets:KeyFile must give the key that seals credentials: 32 bytes in base64, such as 'openssl rand -base64 32' prints.");
        builder.Services.AddSingleton(new SecretBox(key, Read("OtherKey", options.OtherKey, options.OtherKeyFile)));
    }

    private static byte[]? Read(string name, string? given, string? file)
    {
        if ((given ?? (file is null ? null : ReadFile(name, file))) is not { } text)
        {
            return null;
        }

        var key = new byte[SecretBox.KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == SecretBox.KeyBytes
            ? key[..length]
            : throw new StartupException($"Secrets:{name} must be 32 bytes in base64, such as 'openssl rand -base64 32' prints.");
    }

    private static string ReadFile(string name, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Secrets:{name}File cannot be read: {e.Message}");
        }
    }
}
