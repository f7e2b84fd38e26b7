using CsCheck;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class FilterSqlTests : IDisposable
{
    private static readonly string[] AlikeButForValues = ["name : a AND labels.x = b AND id > 1 AND group : c", "name : d AND labels.y = e AND id > 2 AND group : f"];

    private readonly SchedulerStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void SQLite_finds_what_the_filter_holds_for() => Gen.Int.Sample(
        seed =>
        {
            var random = new RandomFilters(seed);
            using var db = _store.Open();
            db.Targets.ExecuteDelete();
            db.Targets.AddRange(Enumerable.Range(0, 20).Select(random.ATarget));
            db.SaveChanges();
            var rows = db.Targets.AsNoTracking().Include(row => row.Labels).ToList();
            for (var i = 0; i < 10; i++)
            {
                var text = random.AFilter();
                Assert.True(FilterText.TryParse(text, out var filter, out var error), $"{text} {error}");

                var found = FilterSql.Where(db, db.Targets, filter).Select(row => row.Id).Order().ToList();

                Assert.Equal((text, Ids(rows.Where(row => filter!.Holds(RandomFilters.FactsOf(row))).Select(row => row.Id))), (text, Ids(found)));
            }

            return true;
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Filters_that_differ_in_values_only_are_one_statement()
    {
        using var db = _store.Open();

        var statements = AlikeButForValues.Select(text =>
        {
            Assert.True(FilterText.TryParse(text, out var filter, out _));
            return FilterSql.Where(db, db.Targets, filter).ToQueryString().Split("SELECT", 2)[1];
        });

        Assert.Single(statements.Distinct());
    }

    [Fact]
    public async Task A_filter_with_as_much_as_it_may_have_is_run()
    {
        await using var db = _store.Open();
        var deep = string.Concat(Enumerable.Repeat("NOT (", FilterText.Deepest / 2));
        var wide = string.Join(" OR ", Enumerable.Repeat("labels.a : x", FilterText.MostComparisons));
        Assert.True(FilterText.TryParse($"{deep}{wide}{new string(')', FilterText.Deepest / 2)}", out var filter, out var error), error);

        Assert.Empty(await FilterSql.Where(db, db.Targets, filter).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_list_has_what_the_filter_means_page_by_page()
    {
        await using var host = await SchedulerHost.StartAsync(new StandIns());
        var targets = new TargetService.TargetServiceClient(host.Channel);
        for (var i = 0; i < 7; i++)
        {
            var target = new Target { Name = $"t{i}", Url = "http://localhost/", Labels = { ["team"] = i % 2 == 0 ? "web" : "payments" } };
            await targets.CreateTargetAsync(new() { Target = target }, cancellationToken: Cancellation);
        }

        var (names, request) = (new List<string>(), new ListTargetsRequest { Filter = "labels.team = web", PageSize = 3 });
        do
        {
            var page = await targets.ListTargetsAsync(request, cancellationToken: Cancellation);
            names.AddRange(page.Targets.Select(target => target.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["t0", "t2", "t4", "t6"], names);
    }

    [Fact]
    public async Task A_page_token_is_of_no_use_for_another_filter_and_a_filter_that_is_none_is_refused()
    {
        await using var host = await SchedulerHost.StartAsync(new StandIns());
        var targets = new TargetService.TargetServiceClient(host.Channel);
        await targets.CreateTargetAsync(new() { Target = new() { Name = "a1", Url = "http://localhost/" } }, cancellationToken: Cancellation);
        await targets.CreateTargetAsync(new() { Target = new() { Name = "a2", Url = "http://localhost/" } }, cancellationToken: Cancellation);

        var token = (await targets.ListTargetsAsync(new() { Filter = "name : a", PageSize = 1 }, cancellationToken: Cancellation)).NextPageToken;

        Assert.Equal("a2", Assert.Single((await targets.ListTargetsAsync(new() { Filter = "name : a", PageSize = 5, PageToken = token }, cancellationToken: Cancellation)).Targets).Name);
        Assert.Equal(["page_token"], await RefusedAsync(new() { Filter = "name : b", PageToken = token }));
        Assert.Equal(["filter"], await RefusedAsync(new() { Filter = "team = payments" }));

        async Task<IEnumerable<string>> RefusedAsync(ListTargetsRequest request)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () => await targets.ListTargetsAsync(request, cancellationToken: Cancellation));
            return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        }
    }

    private static string Ids(IEnumerable<long> ids) => string.Join(',', ids);
}
