using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Scheduler;

/// <summary>A target whose row cannot be used is not probed, and its notifiers are told so.</summary>
public sealed class SetAsideNoticeTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("timeout", "5000000000", "web")]
    [InlineData("name", "replace(hex(zeroblob(400000)), '0', 'x')", "Target 1")]
    public async Task A_row_set_aside_is_announced_once_after_some_checks_in_a_row_and_again_at_its_next_result(string column, string poison, string name)
    {
        var id = await _store.AddAsync("web");
        await RunAsync(2);
        await WriteAsync($"UPDATE targets SET {column} = {poison} WHERE id = {id}");

        await RunAsync(12);
        Assert.Empty(await NoticesAsync());
        await RunAsync(60);
        var during = await NoticesAsync();
        await WriteAsync($"UPDATE targets SET {column} = {(column == "name" ? "'web'" : "1")} WHERE id = {id}");
        await RunAsync(10);

        var notice = Assert.Single(during);
        Assert.Equal(("not_probed", (long?)id, name, $"{name} cannot be probed"), (notice.Kind, notice.TargetId, notice.About, notice.Subject));
        Assert.Contains($"the column {column} ", notice.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["not_probed", "probed_again"], (await NoticesAsync()).Select(told => told.Kind));
        Assert.Equal("OK", (await _store.ReadAsync(id)).StatusDescription);
    }

    [Fact]
    public async Task A_row_that_is_corrected_within_some_checks_is_not_announced()
    {
        var id = await _store.AddAsync("web");
        for (var edits = 0; edits < 4; edits++)
        {
            await WriteAsync($"UPDATE targets SET timeout = 5000000000 WHERE id = {id}");
            await RunAsync(12);
            await WriteAsync($"UPDATE targets SET timeout = 1 WHERE id = {id}");
            await RunAsync(8);
        }

        Assert.Empty(await NoticesAsync());
    }

    private async Task RunAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _store.Clock.Advance(TimeSpan.FromSeconds(1));
            var jobs = await _store.ClaimAsync();
            await _store.FoldAsync([.. jobs.Select(claimed => SchedulerStore.Result(claimed.Job))]);
        }
    }

    private async Task WriteAsync(string sql)
    {
        await using var db = _store.Open();
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    private async Task<List<Notice>> NoticesAsync()
    {
        await using var db = _store.Open();
        return (await db.Notices.AsNoTracking().OrderBy(notice => notice.Id).ToListAsync(TestContext.Current.CancellationToken)).ConvertAll(notice => notice.Notice());
    }
}
