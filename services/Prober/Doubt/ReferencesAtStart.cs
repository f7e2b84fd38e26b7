namespace Skypunch.Prober.Doubt;

/// <summary>Looks at the start which references answer, beside it.</summary>
internal sealed class ReferencesAtStart(References references) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => references.LearnAsync(stoppingToken);
}
