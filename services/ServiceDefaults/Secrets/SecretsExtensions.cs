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
        builder.Services.AddSingleton(new SecretBox(ReadKey(options)));
    }

    private static byte[] ReadKey(SecretsOptions options)
    {
        var text = options.Key ?? (options.KeyFile is { } file ? ReadFile(file) : null) ?? throw new StartupException(
            "Secrets:Key or Secrets:KeyFile must give the key that seals credentials: 32 bytes in base64, such as 'openssl rand -base64 32' prints.");
        var key = new byte[SecretBox.KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == SecretBox.KeyBytes
            ? key[..length]
            : throw new StartupException("Secrets:Key must be 32 bytes in base64, such as 'openssl rand -base64 32' prints.");
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Secrets:KeyFile cannot be read: {e.Message}");
        }
    }
}
