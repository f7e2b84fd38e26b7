using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetLabelsTests : IAsyncLifetime
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
    public async Task Labels_and_group_are_kept_and_shown_by_each_call()
    {
        var created = await CreateAsync("shop/cart", ("team", "payments"), ("example.org/tier", "1 of 2"), ("empty", ""));

        var listed = Assert.Single((await _targets.ListTargetsAsync(new(), cancellationToken: Cancellation)).Targets);
        var read = (await _targets.GetTargetAsync(new() { Id = created.Id }, cancellationToken: Cancellation)).Target;
        var disabled = (await _targets.DisableTargetAsync(new() { Id = created.Id }, cancellationToken: Cancellation)).Target;
        var deleted = (await _targets.DeleteTargetAsync(new() { Id = created.Id }, cancellationToken: Cancellation)).Target;
        Assert.Equal(("empty=|example.org/tier=1 of 2|team=payments", "shop/cart"), (Labels(created), created.Group));
        Assert.All([listed, read, disabled, deleted], target => Assert.Equal((Labels(created), created.Group), (Labels(target), target.Group)));
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("labels", "team=web|zone=b")]
    [InlineData("labels.team", "a.b=2|team=web|tier=1")]
    [InlineData("labels.a.b", "team=payments|tier=1")]
    [InlineData("labels.zone labels.tier labels.unknown", "a.b=2|team=payments|zone=b")]
    [InlineData("name", "a.b=2|team=payments|tier=1")]
    [InlineData("", "team=web|zone=b")]
    [InlineData("*", "team=web|zone=b")]
    public async Task A_mask_names_all_labels_or_single_ones(string mask, string expected)
    {
        var id = (await CreateAsync("", ("team", "payments"), ("tier", "1"), ("a.b", "2"))).Id;
        var change = new Target { Id = id, Name = "x", Url = "http://localhost/", Labels = { ["team"] = "web", ["zone"] = "b" } };

        var updated = await UpdateAsync(change, mask);

        Assert.Equal(expected, Labels(updated));
        Assert.Equal(expected, Labels((await _targets.GetTargetAsync(new() { Id = id }, cancellationToken: Cancellation)).Target));
    }

    [Fact]
    public async Task An_update_without_labels_keeps_them_unless_the_mask_names_them()
    {
        var id = (await CreateAsync("shop", ("team", "payments"))).Id;

        var kept = await UpdateAsync(new Target { Id = id, Url = "http://localhost/other" }, "");
        var cleared = await UpdateAsync(new Target { Id = id }, "labels group");

        Assert.Equal(("team=payments", "shop"), (Labels(kept), kept.Group));
        Assert.Equal(("", ""), (Labels(cleared), cleared.Group));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_change_of_labels_and_group_is_none_of_what_is_probed()
    {
        var id = (await CreateAsync("", ("team", "payments"))).Id;
        var before = await RevisionAsync(id);

        await UpdateAsync(new Target { Id = id, Labels = { ["team"] = "web" }, Group = "shop" }, "labels group");

        Assert.Equal(before, await RevisionAsync(id));
    }

    [Fact]
    public async Task Two_at_once_may_set_the_same_label()
    {
        var id = (await CreateAsync("")).Id;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => UpdateAsync(new Target { Id = id, Labels = { ["team"] = $"{i % 2}" } }, "labels.team")));

        Assert.Equal(1, await CountAsync());
    }

    [Theory]
    [InlineData("Team", "x", "labels have the key 'Team', which must be 1 to 63 lower-case letters, digits, '_', '.', '-' or '/', the first one a letter")]
    [InlineData("", "x", "labels have the key ''")]
    [InlineData("1st", "x", "labels have the key '1st'")]
    [InlineData("a b", "x", "labels have the key 'a b'")]
    [InlineData("team", "a\nb", "labels have a value of 'team' that must have at most 128 characters, and no control characters")]
    [InlineData("team", "a\u202Eb", "labels have a value of 'team' that must have at most 128 characters")]
    public async Task A_label_that_is_none_is_refused(string key, string value, string expected)
        => Assert.StartsWith(expected, $"labels {(await RefusedAsync(() => CreateAsync("", (key, value)))).Description}");

    [Fact]
    public async Task Labels_are_bounded()
    {
        var longest = ($"k{new string('x', 62)}", new string('ü', 128));
        await CreateAsync("", [longest, .. Enumerable.Range(1, 31).Select(i => ($"k{i}", ""))]);

        Assert.Equal(("target.labels", "must be 32 at the most"), await RefusedAsync(() => CreateAsync("", [.. Enumerable.Range(1, 33).Select(i => ($"k{i}", ""))])));
        Assert.Contains("must be 1 to 63", (await RefusedAsync(() => CreateAsync("", ($"k{new string('x', 63)}", "")))).Description);
        Assert.Contains("must have at most 128", (await RefusedAsync(() => CreateAsync("", ("k", new string('x', 129))))).Description);
    }

    [Theory]
    [InlineData("/shop")]
    [InlineData("shop/")]
    [InlineData("a//b")]
    [InlineData("a/ b")]
    [InlineData("a\tb")]
    public async Task A_group_that_is_no_path_is_refused(string group)
        => Assert.Equal("target.group", (await RefusedAsync(() => CreateAsync(group))).Field);

    private async Task<Target> CreateAsync(string group, params (string Key, string Value)[] labels)
    {
        var target = new Target { Name = $"{Guid.NewGuid():N}", Url = "http://localhost/", Group = group, Labels = { labels.ToDictionary(label => label.Key, label => label.Value) } };
        return (await _targets.CreateTargetAsync(new() { Target = target }, cancellationToken: Cancellation)).Target;
    }

    private async Task<Target> UpdateAsync(Target target, string mask)
        => (await _targets.UpdateTargetAsync(
            new() { Target = target, UpdateMask = new FieldMask { Paths = { mask.Split(' ', StringSplitOptions.RemoveEmptyEntries) } } }, cancellationToken: Cancellation)).Target;

    private static async Task<(string Field, string Description)> RefusedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        return (violation.Field, violation.Description);
    }

    private Task<int> CountAsync() => ReadAsync(db => db.TargetLabels.CountAsync(Cancellation));

    private Task<int> RevisionAsync(long id) => ReadAsync(db => db.Targets.Where(t => t.Id == id).Select(t => t.Revision).SingleAsync(Cancellation));

    private async Task<T> ReadAsync<T>(Func<SchedulerDb, Task<T>> read)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<SchedulerDb>());
    }

    private static string Labels(Target target) => string.Join('|', target.Labels.OrderBy(label => label.Key).Select(label => $"{label.Key}={label.Value}"));
}
