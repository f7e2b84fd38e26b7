using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.ServiceDefaults.Logging;

namespace Skypunch.UnitTests.Logging;

public sealed class BoundedLogTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Kept _kept = new();
    private readonly ServiceProvider _services;

    public BoundedLogTests()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_kept).AddLogging();
        BoundedLog.Bound(services);
        _services = services.BuildServiceProvider();
    }

    [Fact]
    public void A_repeated_fault_in_a_library_is_logged_once_a_minute_with_its_count()
    {
        var log = Logger("MassTransit.ReceiveTransport");
        for (var i = 0; i < 1000; i++)
        {
            Warn(log, $"R-FAULT {i}", new InvalidOperationException($"message {i}"));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Warn(log, "R-FAULT once more", new InvalidOperationException("again"));

        Assert.Equal(["R-FAULT 0", "R-FAULT once more (999 more like it since this was last logged)"], _kept.Lines.Select(line => line.Text));
        Assert.All(_kept.Lines, line => Assert.NotNull(line.Fault));
    }

    [Fact]
    public void All_lines_of_Skypunch_are_logged_but_a_stack_only_once_a_minute()
    {
        var log = Logger("Skypunch.Prober.Jobs.ProbeBatchConsumer");

        Warn(log, "Target 1 could not be probed.", new InvalidOperationException("first"));
        Warn(log, "Target 2 could not be probed.", new InvalidOperationException("second"));
        Warn(log, "Target 3 could not be probed.", new InvalidDataException("another fault"));

        Assert.Equal(["Target 1 could not be probed.", "Target 2 could not be probed. second", "Target 3 could not be probed."], _kept.Lines.Select(line => line.Text));
        Assert.Equal([true, false, true], _kept.Lines.Select(line => line.Fault is not null));
    }

    [Fact]
    public void Lines_that_report_no_fault_are_all_written()
    {
        foreach (var category in new[] { "Skypunch.Scheduler", "MassTransit" })
        {
            for (var i = 0; i < 3; i++)
            {
                Logger(category).Log(LogLevel.Information, default, i, null, (state, _) => "a line");
            }
        }

        Logger("Skypunch.Scheduler").Log(LogLevel.Warning, default, "late", null, (state, _) => state);
        Logger("Skypunch.Scheduler").Log(LogLevel.Warning, default, "late", null, (state, _) => state);

        Assert.Equal(8, _kept.Lines.Count);
    }

    public void Dispose() => _services.Dispose();

    private static void Warn(ILogger log, string text, Exception fault) => log.Log(LogLevel.Warning, 7, text, fault, (state, _) => state);

    private ILogger Logger(string category) => _services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public List<(string Text, Exception? Fault)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Add((formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
