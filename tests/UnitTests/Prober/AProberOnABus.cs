using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Skypunch.Contracts;
using Skypunch.Prober;

namespace Skypunch.UnitTests.Prober;

/// <summary>A Prober's consumers on an in-memory bus.</summary>
internal sealed class AProberOnABus : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private AProberOnABus(ServiceProvider services) => _services = services;

    public ITestHarness Harness => _services.GetRequiredService<ITestHarness>();

    public IServiceProvider Services => _services;

    public LinesOfLog Log => _services.GetRequiredService<LinesOfLog>();

    public static async Task<AProberOnABus> StartAsync(Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var parts = AProbe.Parts(settings)
            .AddSingleton<LinesOfLog>()
            .AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LinesOfLog>())
            .AddMassTransitTestHarness(bus => bus.AddProberConsumers());
        replace?.Invoke(parts);
        var prober = new AProberOnABus(parts.BuildServiceProvider());
        await prober.Harness.Start();
        return prober;
    }

    public Task PublishAsync(params ProbeJob[] jobs)
        => Harness.Bus.Publish(new ProbeBatch(jobs), TestContext.Current.CancellationToken);

    /// <summary>The ids of the targets whose results were published, once there are that many.</summary>
    public async Task<List<long>> ResultsAsync(int count)
    {
        var ids = new List<long>();
        await foreach (var published in Harness.Published.SelectAsync<ProbeResults>(TestContext.Current.CancellationToken))
        {
            ids.AddRange(published.Context.Message.Results.Select(result => result.TargetId));
            if (ids.Count >= count)
            {
                return ids;
            }
        }

        throw new TimeoutException($"Only {ids.Count} of {count} results came.");
    }

    /// <summary>Whether the batch has been acknowledged by now.</summary>
    public bool IsAcknowledged()
        => Harness.Consumed.Select<ProbeBatch>(new CancellationToken(canceled: true)).Any(message => message.Exception is null);

    public async Task AcknowledgedAsync() => Assert.True(await Harness.Consumed.Any<ProbeBatch>(TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Keeps the lines of the log.</summary>
internal sealed class LinesOfLog : ILoggerProvider
{
    private readonly List<(string Category, LogLevel Level, string Text)> _lines = [];

    public (string Category, LogLevel Level, string Text)[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LinesOfLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log._lines)
            {
                log._lines.Add((category, level, formatter(state, exception)));
            }
        }
    }
}

/// <summary>A host that can be stopped.</summary>
internal sealed class AHost : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => default;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => default;

    public void StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
