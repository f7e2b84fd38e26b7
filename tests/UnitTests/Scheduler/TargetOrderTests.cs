using CsCheck;
using Google.Rpc;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Scheduler.Store;
using Target = Skypunch.Scheduler.Model.Target;

namespace Skypunch.UnitTests.Scheduler;

public sealed class TargetOrderTests : IDisposable
{
    private readonly SchedulerStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Pages_in_any_order_have_all_targets_once_and_in_that_order() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            using var db = _store.Open();
            db.Targets.ExecuteDelete();
            db.Targets.AddRange(Enumerable.Range(0, random.Next(1, 20)).Select(_ => RandomOrders.ATarget(random)));
            db.SaveChanges();
            var rows = db.Targets.AsNoTracking().ToList();
            foreach (var text in RandomOrders.All.Keys)
            {
                Assert.True(TargetOrder.TryParse(text, out var order, out _));
                var (ids, size) = (new List<long>(), random.Next(1, 6));
                List<Target> page;
                do
                {
                    var rest = ids.Count == 0 ? db.Targets : order.After(db.Targets, order.PlaceOf(rows.Single(row => row.Id == ids[^1])));
                    page = [.. order.Sort(rest!).AsNoTracking().Take(size)];
                    ids.AddRange(page.Select(row => row.Id));
                }
                while (page.Count == size);

                Assert.Equal((text, string.Join(' ', RandomOrders.All[text](rows).Select(row => row.Id))), (text, string.Join(' ', ids)));
            }

            return true;
        },
        iter: 40,
        threads: 1);

    [Theory]
    [InlineData(null, "")]
    [InlineData("FAIL", "status = FAIL")]
    [InlineData("weird", "status = NEW")]
    public async Task The_rank_of_a_row_is_that_of_its_columns_whoever_wrote_them(string? status, string filter)
    {
        var id = await _store.AddAsync(new Target { Name = "a", Url = "http://127.0.0.1/", Enabled = status is not null });
        await using var db = _store.Open();
        await db.Database.ExecuteSqlAsync($"UPDATE targets SET status = {status ?? "PASS"} WHERE id = {id}", Cancellation);

        var rank = await db.Targets.Select(row => EF.Property<int>(row, StatusRank.Property)).SingleAsync(Cancellation);

        Assert.Equal((StatusRank.Of(await _store.ReadAsync(id)), filter), (rank, rank switch { StatusRank.Fail => "status = FAIL", StatusRank.New => "status = NEW", _ => "" }));
    }

    [Fact]
    public async Task A_list_is_in_the_order_that_is_asked_for_and_a_token_of_another_order_is_refused()
    {
        await using var host = await SchedulerHost.StartAsync(new StandIns());
        var targets = new TargetService.TargetServiceClient(host.Channel);
        foreach (var name in (string[])["b", "ä", "a", "C"])
        {
            await targets.CreateTargetAsync(new() { Target = new() { Name = name, Url = "http://localhost/", Enabled = false } }, cancellationToken: Cancellation);
        }

        var (names, request) = (new List<string>(), new ListTargetsRequest { OrderBy = " Name  DESC", PageSize = 3 });
        var first = await targets.ListTargetsAsync(request, cancellationToken: Cancellation);
        names.AddRange(first.Targets.Select(target => target.Name));
        request.PageToken = first.NextPageToken;
        names.AddRange((await targets.ListTargetsAsync(request, cancellationToken: Cancellation)).Targets.Select(target => target.Name));

        Assert.Equal(["ä", "b", "a", "C"], names);
        Assert.Equal("page_token", await RefusedAsync(new() { OrderBy = "name", PageToken = first.NextPageToken }));
        Assert.Equal("page_token", await RefusedAsync(new() { OrderBy = "name desc", Filter = "id > 1", PageToken = first.NextPageToken }));
        Assert.Equal("order_by", await RefusedAsync(new() { OrderBy = "url" }));
        Assert.Equal("order_by", await RefusedAsync(new() { OrderBy = "name, id" }));

        async Task<string> RefusedAsync(ListTargetsRequest asked)
        {
            var error = await Assert.ThrowsAsync<RpcException>(async () => await targets.ListTargetsAsync(asked, cancellationToken: Cancellation));
            return Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field;
        }
    }
}
