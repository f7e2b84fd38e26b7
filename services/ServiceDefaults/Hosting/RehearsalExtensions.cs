using Microsoft.Extensions.DependencyInjection;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>Adds rehearsals.</summary>
public static class RehearsalExtensions
{
    /// <summary>Adds a rehearsal, whose first part the start of the bus waits for.</summary>
    public static IServiceCollection AddRehearsal<TRehearsal>(this IServiceCollection services)
        where TRehearsal : Rehearsal
        => services
            .AddSingleton<TRehearsal>()
            .AddSingleton(provider => provider.GetRequiredService<TRehearsal>().Gate)
            .AddHostedService(provider => provider.GetRequiredService<TRehearsal>());
}
