namespace Skypunch.Prober.Doubt;

/// <summary>Finds out which references answer, while the start goes on.</summary>
internal sealed class ReferencesAtStart(References references) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => references.LearnAsync(stoppingToken);
}
