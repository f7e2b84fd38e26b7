using Skypunch.IntegrationTests.Distributed;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Model;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>A Notifier's process is killed or stopped while it sends a mail. Another Notifier takes the mail over in time.</summary>
[Collection(nameof(Alone))]
public sealed class MailTakeoverTests(MySqlServer mySql) : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    private readonly LoopbackSmtp _smtp = new();
    private readonly TaskCompletionSource _reached = new();
    private readonly List<ServiceProcess> _processes = [];
    private NotifierOnMySql _store = null!;
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        _connection = await mySql.CreateDatabaseAsync();
        _store = await NotifierOnMySql.CreateAsync(_connection);
        await _store.AddNotifierAsync(_smtp.Params);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await _store.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_notifiers_mail_and_the_next_of_its_target_go_out_within_fifteen_seconds()
    {
        _smtp.Hangs = line => line == "DATA" && _reached.TrySetResult();
        var first = await StartAsync();
        await _store.AnnounceAsync(AChange.Failure(), AChange.Recovery());
        await _reached.Task;
        await StartAsync();

        first.Kill();
        var killed = TimeProvider.System.GetTimestamp();
        await _smtp.NextAsync();
        await _smtp.NextAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(killed) < Promised, $"{TimeProvider.System.GetElapsedTime(killed)}");
        await AllAreSentAsync();
        Assert.Empty(_smtp.TakeAll());
    }

    [Fact]
    public async Task A_notifier_that_stood_still_sends_nothing_that_another_has_sent()
    {
        _smtp.BeforeGreeting = async cancellationToken =>
        {
            if (_reached.TrySetResult())
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken); // the process is stopped in this time
            }
        };
        var first = await StartAsync();
        await _store.AnnounceAsync(AChange.Failure());
        await _reached.Task;
        await ServiceProcess.SignalAsync("STOP", first);
        await StartAsync();

        await _smtp.NextAsync();
        await AllAreSentAsync();
        await ServiceProcess.SignalAsync("CONT", first);
        await Eventually.HoldsAsync(() => first.Log.Any(line => line.Contains("is left to another sender", StringComparison.Ordinal)), "the first Notifier notices that it has lost the mail");

        Assert.Empty(_smtp.TakeAll());
    }

    [Fact]
    public async Task Notifiers_whose_clocks_differ_and_jump_take_nothing_from_each_other()
    {
        await using var late = await NotifierOnMySql.CreateAsync(_connection, new ShiftedClock(TimeSpan.FromHours(-1)));
        await using var early = await NotifierOnMySql.CreateAsync(_connection, new ShiftedClock(TimeSpan.FromHours(1)));
        await early.AnnounceAsync(AChange.Failure(1), AChange.Failure(2), AChange.Failure(3));
        List<long?> claimed = [];

        foreach (var notifier in new[] { late, _store, early, late, _store, early })
        {
            claimed.Add((await notifier.WithAsync((DueDeliveries due) => due.ClaimNextAsync(1, TestContext.Current.CancellationToken)))?.First.TargetId);
        }

        Assert.Equal([1, 2, 3, null, null, null], claimed);
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var process = ServiceProcess.Start("Notifier", ContainerServer.FreePort(), new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__Admin__Url"] = $"http://127.0.0.1:{ContainerServer.FreePort()}",
            ["ConnectionStrings__Notifier"] = _connection,
            ["Bus__Transport"] = "InMemory",
            ["Secrets__Key"] = NotifierOnMySql.Key,
            ["Admin__Token"] = "a-token-for-the-test",
        });
        _processes.Add(process);
        await process.WaitUntilReadyAsync();
        return process;
    }

    private Task AllAreSentAsync() => Eventually.HoldsAsync(
        async () => (await _store.DeliveriesAsync()).All(delivery => delivery.State is DeliveryState.Sent),
        "all deliveries are marked as sent");

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
