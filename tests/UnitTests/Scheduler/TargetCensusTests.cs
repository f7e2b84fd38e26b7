using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Targets;
using Target = Skypunch.Scheduler.Model.Target;
using TargetStatus = Skypunch.Scheduler.Model.TargetStatus;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetCensusTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("", "1 fail, 2 new, 2 pass, 2 disabled")]
    [InlineData("group : shop", "1 fail, 0 new, 1 pass, 1 disabled")]
    [InlineData("name : nothing", "0 fail, 0 new, 0 pass, 0 disabled")]
    public async Task Targets_are_counted_by_status(string filter, string expected)
    {
        await AddSomeAsync();
        await using var db = _store.Open();

        var counts = await new TargetCensus(db).CountAsync(Read(filter), Cancellation);

        Assert.Equal(expected, Words(counts));
    }

    [Theory]
    [InlineData("", "= 0 fail, 2 new, 1 pass, 0 disabled: New|Shop= 0 fail, 0 new, 0 pass, 1 disabled: Unspecified|shop= 0 fail, 0 new, 1 pass, 0 disabled: Pass"
        + "|shop/cart= 1 fail, 0 new, 0 pass, 1 disabled: Fail")]
    [InlineData("status = PASS", "= 0 fail, 0 new, 1 pass, 0 disabled: Pass|Shop= 0 fail, 0 new, 0 pass, 1 disabled: Unspecified|shop= 0 fail, 0 new, 1 pass, 0 disabled: Pass")]
    public async Task Groups_are_counted_page_by_page(string filter, string expected)
    {
        await AddSomeAsync();
        await using var db = _store.Open();
        var census = new TargetCensus(db);
        for (var size = 1; size < 6; size++)
        {
            var groups = new List<TargetGroup>();
            List<TargetGroup> page;
            do
            {
                page = await census.GroupsAsync(Read(filter), groups.LastOrDefault()?.Name, size, Cancellation);
                groups.AddRange(page);
            }
            while (page.Count == size);

            Assert.Equal(expected, string.Join('|', groups.Select(group => $"{group.Name}= {Words(group.Counts)}: {group.WorstStatus}")));
        }
    }

    private async Task AddSomeAsync()
    {
        await AddAsync(null, TargetStatus.New);
        await AddAsync("", TargetStatus.New); // by hand
        await AddAsync(null, TargetStatus.Pass);
        await AddAsync("shop", TargetStatus.Pass);
        await AddAsync("shop/cart", TargetStatus.Fail);
        await AddAsync("shop/cart", TargetStatus.Fail, enabled: false);
        await AddAsync("Shop", TargetStatus.Pass, enabled: false);
    }

    private Task<long> AddAsync(string? group, TargetStatus status, bool enabled = true)
        => _store.AddAsync(new Target { Name = $"{Guid.NewGuid():N}", Url = "http://127.0.0.1/", GroupPath = group, Status = status, Enabled = enabled });

    private static Filter? Read(string text)
    {
        Assert.True(FilterText.TryParse(text, out var filter, out var error), error);
        return filter;
    }

    private static string Words(TargetCounts counts) => $"{counts.FailCount} fail, {counts.NewCount} new, {counts.PassCount} pass, {counts.DisabledCount} disabled";
}
