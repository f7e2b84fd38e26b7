using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Contracts;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class BatchTargetsTests : IAsyncLifetime
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
    public async Task Many_are_created_as_each_alone_would_be_with_their_secrets()
    {
        var wanted = new BatchCreateTargetsRequest
        {
            Targets =
            {
                new Target { Name = "a", Url = "http://localhost/", Enabled = false, Labels = { ["team"] = "web" } },
                new Target { Name = "b", Url = "http://localhost/", Enabled = false, Headers = { new Header { Name = "X-Token", Value = "the secret" } } },
            },
        };

        var validated = await _targets.BatchCreateTargetsAsync(new(wanted) { ValidateOnly = true }, cancellationToken: Cancellation);
        var none = await CountAsync();
        var created = await _targets.BatchCreateTargetsAsync(wanted, cancellationToken: Cancellation);

        Assert.Equal((0, 2), (none, await CountAsync()));
        Assert.Equal(["a 0", "b 0"], validated.Targets.Select(target => $"{target.Name} {target.Id}"));
        foreach (var target in created.Targets)
        {
            Assert.Equal(target, (await _targets.GetTargetAsync(new() { Id = target.Id }, cancellationToken: Cancellation)).Target);
        }

        var job = new TaskCompletionSource<ProbeJob>();
        _host.StandIns.Probe = probed =>
        {
            job.TrySetResult(probed);
            return SchedulerStore.Result(probed);
        };
        await _targets.TestTargetAsync(new() { Id = created.Targets[1].Id }, cancellationToken: Cancellation);
        Assert.NotNull((await job.Task).SealedHeaders);
    }

    [Fact]
    public async Task None_is_created_where_one_has_a_fault_and_all_faults_are_told()
    {
        await CreateAsync("taken");
        var request = new BatchCreateTargetsRequest
        {
            Targets =
            {
                new Target { Name = "good", Url = "http://localhost/" },
                new Target { Name = "bad", Url = "nowhere", Frequency = new Duration { Seconds = -1 } },
                new Target { Name = "taken", Url = "http://localhost/" },
                new Target { Name = "good", Url = "http://localhost/" },
            },
        };

        var answer = await _targets.BatchCreateTargetsAsync(request, cancellationToken: Cancellation);
        var validated = await _targets.BatchCreateTargetsAsync(new(request) { ValidateOnly = true }, cancellationToken: Cancellation);

        Assert.Equal(1, await CountAsync());
        Assert.Empty(answer.Targets);
        Assert.Equal(["1 bad target.frequency target.url", "2 taken target.name", "3 good target.name"], answer.Faults.Select(Words));
        Assert.Equal(answer.Faults, validated.Faults);
        Assert.Equal("good", Assert.Single(validated.Targets).Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_batch_is_bounded(int count)
    {
        var request = new BatchCreateTargetsRequest { Targets = { Enumerable.Repeat(new Target(), count) } };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await _targets.BatchCreateTargetsAsync(request, cancellationToken: Cancellation));

        Assert.Equal("targets", Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task All_that_a_filter_means_get_the_label_and_keep_their_others()
    {
        await _targets.BatchCreateTargetsAsync(
            new() { Targets = { Enumerable.Range(0, 450).Select(i => new Target { Name = $"t{i}", Url = "http://localhost/", Enabled = false, Labels = { ["n"] = $"{i % 3}" } }) } },
            cancellationToken: Cancellation);
        var request = Change("labels.n = 1", "labels.n labels.team", new Target { Labels = { ["team"] = "web" } });

        var validated = await _targets.BatchUpdateTargetsAsync(new(request) { ValidateOnly = true }, cancellationToken: Cancellation);
        var before = await CountAsync("labels : team");
        var updated = await _targets.BatchUpdateTargetsAsync(request, cancellationToken: Cancellation);

        Assert.Equal((0, 150, 300), (before, await CountAsync("labels.team = web"), await CountAsync("labels : n")));
        Assert.Equal((150, 150, 0), (updated.MatchedCount, updated.ChangedCount, updated.FaultCount));
        Assert.Equal(validated, updated);
    }

    [Fact]
    public async Task A_target_that_cannot_have_the_values_stays_and_does_not_hinder_the_others()
    {
        var (slow, quick, same) = (await CreateAsync("slow", timeout: 8), await CreateAsync("quick", timeout: 1), await CreateAsync("same", timeout: 1, frequency: 5));

        var answer = await _targets.BatchUpdateTargetsAsync(Change("id > 0", "frequency", new Target { Frequency = new Duration { Seconds = 5 } }), cancellationToken: Cancellation);

        Assert.Equal((3, 1, 1), (answer.MatchedCount, answer.ChangedCount, answer.FaultCount));
        Assert.Equal(("0 slow target.timeout", slow), (Words(Assert.Single(answer.Faults)), answer.Faults[0].Id));
        Assert.Equal((10, 5, 5), (await FrequencyAsync(slow), await FrequencyAsync(quick), await FrequencyAsync(same)));
    }

    [Fact]
    public async Task Only_a_change_of_what_is_probed_discards_results()
    {
        var (probed, labelled) = (await CreateAsync("probed"), await CreateAsync("labelled"));
        await _targets.BatchUpdateTargetsAsync(Change(probed, "timeout", new Target { Timeout = new Duration { Seconds = 2 } }), cancellationToken: Cancellation);
        await _targets.BatchUpdateTargetsAsync(Change(labelled, "group", new Target { Group = "shop" }), cancellationToken: Cancellation);

        var before = await RevisionsAsync();
        await _targets.BatchUpdateTargetsAsync(Change("id > 0", "enabled", new Target { Enabled = true }), cancellationToken: Cancellation);

        Assert.Equal([1, 0], before);
        Assert.Equal([2, 1], await RevisionsAsync());
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_told_and_the_others_are_changed()
    {
        await CreateAsync("a");
        var bad = await CreateAsync("b");
        await CreateAsync("c");
        await WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE targets SET timeout = 5000000000 WHERE id = {bad}", Cancellation));

        var answer = await _targets.BatchUpdateTargetsAsync(Change("id > 0", "group", new Target { Group = "shop" }), cancellationToken: Cancellation);

        Assert.Equal((3, 2, 1), (answer.MatchedCount, answer.ChangedCount, answer.FaultCount));
        Assert.Equal(bad, Assert.Single(answer.Faults).Id);
        Assert.Equal(2, await CountAsync("group = shop"));
    }

    [Fact]
    public async Task Ids_of_which_there_is_no_target_are_passed_over_and_a_fault_says_its_place()
    {
        var (a, b) = (await CreateAsync("a"), await CreateAsync("b", timeout: 8));
        var request = new BatchUpdateTargetsRequest
        {
            Ids = { 999, a, b, a },
            Target = new Target { Frequency = new Duration { Seconds = 5 } },
            UpdateMask = new FieldMask { Paths = { "frequency" } },
        };

        var answer = await _targets.BatchUpdateTargetsAsync(request, cancellationToken: Cancellation);

        Assert.Equal((2, 1, 2), (answer.MatchedCount, answer.ChangedCount, Assert.Single(answer.Faults).Index));
    }

    [Theory]
    [InlineData("", "labels", "ids")]
    [InlineData(" ", "labels", "filter")]
    [InlineData("team", "labels", "filter")]
    [InlineData("id = 1", "", "update_mask")]
    [InlineData("id = 1", "*", "update_mask")]
    [InlineData("id = 1", "name", "update_mask")]
    [InlineData("id = 1", "url", "update_mask")]
    [InlineData("id = 1", "state", "update_mask")]
    public async Task A_request_that_may_mean_more_than_it_should_is_refused(string filter, string mask, string field)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _targets.BatchUpdateTargetsAsync(Change(filter, mask, new Target()), cancellationToken: Cancellation));

        Assert.Equal(field, Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    private static BatchUpdateTargetsRequest Change(string filter, string mask, Target target)
        => new() { Filter = filter, Target = target, UpdateMask = new FieldMask { Paths = { mask.Split(' ', StringSplitOptions.RemoveEmptyEntries) } } };

    private static BatchUpdateTargetsRequest Change(long id, string mask, Target target) => Change($"id = {id}", mask, target);

    private static string Words(TargetFault fault) => $"{fault.Index} {fault.Name} {string.Join(' ', fault.Fields.Select(field => field.Field))}";

    private async Task<long> CreateAsync(string name, int timeout = 1, int frequency = 10)
    {
        var target = new Target { Name = name, Url = "http://localhost/", Enabled = false, Timeout = new Duration { Seconds = timeout }, Frequency = new Duration { Seconds = frequency } };
        return (await _targets.CreateTargetAsync(new() { Target = target }, cancellationToken: Cancellation)).Target.Id;
    }

    private async Task<long> FrequencyAsync(long id) => (await _targets.GetTargetAsync(new() { Id = id }, cancellationToken: Cancellation)).Target.Frequency.Seconds;

    private async Task<long> CountAsync(string filter = "") => (await _targets.CountTargetsAsync(new() { Filter = filter }, cancellationToken: Cancellation)).TotalCount;

    private Task<List<int>> RevisionsAsync() => WithDbAsync(db => db.Targets.OrderBy(row => row.Id).Select(row => row.Revision).ToListAsync(Cancellation));

    private async Task<T> WithDbAsync<T>(Func<SchedulerDb, Task<T>> work)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<SchedulerDb>());
    }
}
