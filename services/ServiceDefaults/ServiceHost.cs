using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults;

/// <summary>
/// Runs a service. Its settings come from appsettings.json beside the program, from files of secrets and from the environment. A wrong
/// setting ends the process with one sentence on stderr.
/// </summary>
public static class ServiceHost
{
    /// <summary>
    /// Names the folder whose files are settings: a file named <c>RabbitMq__Pass</c> holds the setting <c>RabbitMq:Pass</c>.
    /// </summary>
    public const string SecretsFolderVariable = "SKYPUNCH_SECRETS_DIR";

    /// <summary>
    /// Builds and runs the service until the process is stopped. With the argument <c>--health</c>, asks the running service whether it is
    /// ready.
    /// </summary>
    /// <returns>The exit code: 0; or 1 where the service cannot start with its settings, or is not ready.</returns>
    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map)
        => args is [HealthQuestion.Argument] ? HealthQuestion.AskAsync(HealthUrl()) : ServeAsync(args, add, map);

    private static async Task<int> ServeAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        try
        {
            // appsettings.json lies beside the program, whatever the current folder is.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            AddSecretFiles(builder.Configuration);
            builder.AddStructuredLog();
            builder.AddServiceDefaults();
            add(builder);

            var app = builder.Build();
            app.MapServiceDefaults();
            map(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (IsWrongSetting(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    // Reads the setting as the running service does, but without building a host: a container runs this every few seconds.
    private static string? HealthUrl()
    {
        var settings = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables();
        AddSecretFiles(settings);
        return settings.Build()["Kestrel:Endpoints:Health:Url"];
    }

    private static void AddSecretFiles(IConfigurationBuilder settings)
        => settings.AddKeyPerFile(Environment.GetEnvironmentVariable(SecretsFolderVariable) ?? "/run/secrets/skypunch", optional: true);

    // A setting that cannot be parsed throws InvalidOperationException or FormatException while the host is built. Later these exceptions
    // would be faults of Skypunch's own; they end the process all the same, and the host has logged them.
    private static bool IsWrongSetting(Exception e)
        => e is StartupException or OptionsValidationException or IOException or InvalidOperationException or FormatException;
}
