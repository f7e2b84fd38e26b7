using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Hosting;

public sealed class RehearsalTests : IDisposable
{
    private readonly StartupGate _store = new("the tables");
    private readonly BusGate _bus = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly LinesOfLog _log = new();

    public void Dispose() => _log.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_work_is_rehearsed_when_the_tables_are_there_and_the_messages_when_the_bus_is_started()
    {
        var done = new List<string>();
        using var rehearsal = NewRehearsal(work: Note("work"), messages: Note("messages"));
        await rehearsal.StartAsync(Cancellation);
        Assert.False(rehearsal.Gate.IsOpen);

        _store.Open();
        await rehearsal.Gate.WaitAsync(Cancellation);
        Assert.Equal(["work"], done);

        _bus.Open();
        await rehearsal.ExecuteTask!.WaitAsync(Cancellation);
        Assert.Equal(["work", "messages"], done);
        Assert.Empty(_log.Lines);

        Func<CancellationToken, Task> Note(string what) => _ =>
        {
            done.Add(what);
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task A_rehearsal_that_fails_is_a_line_of_the_log_and_keeps_nothing_from_starting()
    {
        using var rehearsal = NewRehearsal(_ => throw new InvalidOperationException("no work"), _ => throw new InvalidOperationException("no messages"));
        _store.Open();
        _bus.Open();

        await rehearsal.StartAsync(Cancellation);
        await rehearsal.ExecuteTask!.WaitAsync(Cancellation);

        Assert.True(rehearsal.Gate.IsOpen);
        Assert.Collection(
            _log.Lines,
            line => Assert.Equal((LogLevel.Warning, true), (line.Level, line.Text.EndsWith("no work", StringComparison.Ordinal))),
            line => Assert.Equal((LogLevel.Warning, true), (line.Level, line.Text.EndsWith("no messages", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_rehearsal_that_hangs_is_waited_for_no_longer_than_the_patience()
    {
        var hangs = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        using var rehearsal = NewRehearsal(
            _ =>
            {
                hangs.SetResult();
                return never.Task; // heeds no cancellation
            },
            _ => Task.CompletedTask);
        _store.Open();
        await rehearsal.StartAsync(Cancellation);
        await hangs.Task.WaitAsync(Cancellation);
        Assert.False(rehearsal.Gate.IsOpen);

        _clock.Advance(Rehearsal.Patience);
        await rehearsal.Gate.WaitAsync(Cancellation);

        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task A_stop_ends_a_rehearsal_without_a_line_of_the_log()
    {
        var begun = new TaskCompletionSource();
        using var rehearsal = NewRehearsal(
            cancellation =>
            {
                begun.SetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellation);
            },
            _ => Task.CompletedTask);
        _store.Open();
        await rehearsal.StartAsync(Cancellation);
        await begun.Task.WaitAsync(Cancellation);

        await rehearsal.StopAsync(Cancellation);

        Assert.True(rehearsal.ExecuteTask!.IsCompleted);
        Assert.Empty(_log.Lines);
    }

    private ARehearsal NewRehearsal(Func<CancellationToken, Task> work, Func<CancellationToken, Task> messages)
        => new(work, messages, _store, _bus, _clock, _log.CreateLogger("rehearsal"));

    private sealed class ARehearsal(
        Func<CancellationToken, Task> work,
        Func<CancellationToken, Task> messages,
        StartupGate store,
        BusGate bus,
        TimeProvider clock,
        ILogger logger) : Rehearsal("a test", store, bus, clock, logger)
    {
        protected override Task RehearseWorkAsync(CancellationToken cancellationToken) => work(cancellationToken);

        protected override Task RehearseMessagesAsync(CancellationToken cancellationToken) => messages(cancellationToken);
    }
}
