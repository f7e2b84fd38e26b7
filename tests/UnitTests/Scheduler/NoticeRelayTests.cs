using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Store;

namespace Skypunch.UnitTests.Scheduler;

public sealed class NoticeRelayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_is_announced_in_its_order_and_no_more_once_it_is_answered()
    {
        var standIns = new StandIns();
        await using var host = await SchedulerHost.StartAsync(standIns);
        await RaiseAsync(host, (7, "web"), "first");
        await RaiseAsync(host, null, "second");

        var (first, second) = (await standIns.Notices.Reader.ReadAsync(Cancellation), await standIns.Notices.Reader.ReadAsync(Cancellation));
        await AnsweredAsync(host, 2);

        Assert.Equal((7L, "web", "test", "first", "What it means."), (first.TargetId, first.About, first.Kind, first.Subject, first.Text));
        Assert.Equal((null, "Skypunch", "second"), (second.TargetId, second.About, second.Subject));
        Assert.False(standIns.Notices.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_notice_that_nobody_answers_for_is_announced_again()
    {
        var standIns = new StandIns { NoticesDropped = 1 };
        await using var host = await SchedulerHost.StartAsync(standIns);
        await RaiseAsync(host, null, "once more");

        var first = await standIns.Notices.Reader.ReadAsync(Cancellation);
        var again = await standIns.Notices.Reader.ReadAsync(Cancellation);
        await AnsweredAsync(host, 1);

        Assert.Equal(first, again);
    }

    private static async Task RaiseAsync(SchedulerHost host, (long, string)? target, string subject)
    {
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
            db.Raise(target, "test", subject, "What it means.", SchedulerStore.Noon);
            await db.SaveChangesAsync(Cancellation);
        }

        host.Services.GetRequiredService<NoticeRelay>().Wake();
    }

    private static async Task AnsweredAsync(SchedulerHost host, int count)
    {
        while (true)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SchedulerDb>();
            if (await db.Notices.CountAsync(notice => notice.StoredAt != null, Cancellation) == count)
            {
                return;
            }

            await Task.Yield();
        }
    }
}
