using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>Adds the <see cref="SecretBox"/>.</summary>
public static class SecretsExtensions
{
    /// <summary>Checks that the process has the keys of these purposes, which one of its parts needs.</summary>
    /// <exception cref="StartupException">The process does not have one of them, or no keys at all.</exception>
    public static void NeedKeys(this WebApplicationBuilder builder, params SecretPurpose[] purposes)
    {
        if (builder.Services.LastOrDefault(service => service.ServiceType == typeof(ProcessKeys))?.ImplementationInstance is ProcessKeys keys)
        {
            keys.Need(purposes);
        }
    }

    internal static void AddSecrets(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions();
        var box = Read("Key", options.Key, options.KeyFile) is { } keys ? new SecretBox(keys, Read("OtherKey", options.OtherKey, options.OtherKeyFile)) : null;
        if (box is not null)
        {
            builder.Services.AddSingleton(box);
        }

        builder.Services.AddSingleton(new ProcessKeys(box));
        builder.Services.AddHostedService<KeysRemark>();
    }

    private static SecretKeys? Read(string name, string? given, string? file)
    {
        if ((given ?? (file is null ? null : ReadFile(name, file))) is not { } text)
        {
            return null;
        }

        return SecretKeys.TryParse(text, out var keys) ? keys : throw new StartupException(
            $"Secrets:{name} must be 32 bytes in base64, such as 'openssl rand -base64 32' prints, or a list of such keys with their purposes: 'targets:… jobs:…'.");
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
