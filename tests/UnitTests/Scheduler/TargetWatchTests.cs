using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Target = Skypunch.Scheduler.Model.Target;
using TargetStatus = Skypunch.Scheduler.Model.TargetStatus;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetWatchTests : IAsyncLifetime
{
    private SchedulerHost _host = null!;
    private TargetService.TargetServiceClient _targets = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(new StandIns());
        _targets = new TargetService.TargetServiceClient(_host.Channel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Changes_of_the_targets_that_are_meant_come_with_the_counts_and_can_be_resumed()
    {
        var (shop, other) = (await AddAsync("cart", "shop"), await AddAsync("other", null));
        await ChangeAsync(shop, TargetStatus.Pass); // before the watch
        var request = new WatchTargetsRequest { Filter = "group = shop" };
        string resume;
        using (var call = _targets.WatchTargets(request, cancellationToken: Cancellation))
        {
            var first = await NextAsync(call);
            await ChangeAsync(other, TargetStatus.Fail);
            await AddAsync("checkout", "shop");
            await ChangeAsync(shop, TargetStatus.Fail);
            var second = await NextAsync(call);

            Assert.Equal((0, 1), (first.Changes.Count, first.Counts.DisabledCount));
            Assert.Equal(("cart", Admin.V1.TargetStatus.Pass, Admin.V1.TargetStatus.Fail), (Assert.Single(second.Changes).TargetName, second.Changes[0].From, second.Changes[0].To));
            Assert.Equal(2, second.Counts.DisabledCount);
            resume = second.ResumeToken;
        }

        await ChangeAsync(shop, TargetStatus.Pass);
        using var resumed = _targets.WatchTargets(new(request) { ResumeToken = resume }, cancellationToken: Cancellation);

        Assert.Equal(Admin.V1.TargetStatus.Pass, Assert.Single((await NextAsync(resumed)).Changes).To);
        Assert.Equal("resume_token", await RefusedAsync(new() { Filter = "group = other", ResumeToken = resume }));
        Assert.Equal("filter", await RefusedAsync(new() { Filter = "team" }));
    }

    [Fact]
    public async Task A_change_that_is_stored_after_the_begin_of_a_watch_comes_though_its_id_is_lower_than_one_before()
    {
        var id = await AddAsync("a", null);
        await ChangeAsync(id, TargetStatus.Pass, number: 7);
        using var call = _targets.WatchTargets(new(), cancellationToken: Cancellation);
        await NextAsync(call);

        await ChangeAsync(id, TargetStatus.Fail, number: 6);

        Assert.Equal(Admin.V1.TargetStatus.Fail, Assert.Single((await NextAsync(call)).Changes).To);
    }

    [Fact]
    public async Task A_watch_of_changes_that_are_not_kept_any_more_is_refused()
    {
        var id = await AddAsync("a", null);
        await ChangeAsync(id, TargetStatus.Pass);
        string resume;
        using (var call = _targets.WatchTargets(new(), cancellationToken: Cancellation))
        {
            resume = (await NextAsync(call)).ResumeToken;
        }

        await ChangeAsync(id, TargetStatus.Fail);
        await ChangeAsync(id, TargetStatus.Pass);
        await WithDbAsync(async db => await db.StatusChanges.Where(change => change.Id < db.StatusChanges.Max(other => other.Id)).ExecuteDeleteAsync(Cancellation));
        using var resumed = _targets.WatchTargets(new() { ResumeToken = resume }, cancellationToken: Cancellation);

        var error = await Assert.ThrowsAsync<RpcException>(() => NextAsync(resumed));

        Assert.Equal(StatusCode.OutOfRange, error.StatusCode);
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_watches()
    {
        using var call = _targets.WatchTargets(new(), cancellationToken: Cancellation);
        await NextAsync(call);

        _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var error = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    private async Task<string> RefusedAsync(WatchTargetsRequest request)
    {
        using var call = _targets.WatchTargets(request, cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));
        return Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field;
    }

    private static async Task<WatchTargetsResponse> NextAsync(AsyncServerStreamingCall<WatchTargetsResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return call.ResponseStream.Current;
    }

    private Task<long> AddAsync(string name, string? group) => WithDbAsync(async db =>
    {
        var target = new Target { Name = name, Url = "http://127.0.0.1/", GroupPath = group, Enabled = false };
        db.Targets.Add(target);
        await db.SaveChangesAsync(Cancellation);
        return target.Id;
    });

    private Task<int> ChangeAsync(long id, TargetStatus to, long number = 0) => WithDbAsync(async db =>
    {
        var target = await db.Targets.SingleAsync(row => row.Id == id, Cancellation);
        db.StatusChanges.Add(new StatusChange
        {
            Id = number, // 0: the next one
            ChangeId = Guid.NewGuid(),
            TargetId = id,
            FromStatus = target.Status,
            ToStatus = to,
            At = SchedulerStore.Noon,
            Reason = "ok",
            Description = "OK",
            Payload = "{}",
            StoredAt = SchedulerStore.Noon,
        });
        target.Status = to;
        return await db.SaveChangesAsync(Cancellation);
    });

    private async Task<T> WithDbAsync<T>(Func<SchedulerDb, Task<T>> work)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<SchedulerDb>());
    }
}
