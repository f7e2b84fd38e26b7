using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
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
        var answers = Answers.Of(host, 2);
        await RaiseAsync(host, (7, "web"), "first");
        var first = await standIns.Notices.Reader.ReadAsync(Cancellation);
        await RaiseAsync(host, null, "second");
        var second = await standIns.Notices.Reader.ReadAsync(Cancellation);
        await answers.HandledAsync();

        Assert.Equal((7L, "web", "test", "first", "What it means."), (first.TargetId, first.About, first.Kind, first.Subject, first.Text));
        Assert.Equal((null, "Skypunch", "second"), (second.TargetId, second.About, second.Subject));
        Assert.Equal(2, await AnsweredInStoreAsync(host));
        Assert.False(standIns.Notices.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_notice_that_nobody_answers_for_is_announced_again()
    {
        var standIns = new StandIns { NoticesDropped = 1 };
        await using var host = await SchedulerHost.StartAsync(standIns);
        var answers = Answers.Of(host, 1);
        await RaiseAsync(host, null, "once more");

        var first = await standIns.Notices.Reader.ReadAsync(Cancellation);
        var again = await standIns.Notices.Reader.ReadAsync(Cancellation);
        await answers.HandledAsync();

        Assert.Equal(first, again);
        Assert.Equal(1, await AnsweredInStoreAsync(host));
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

    private static async Task<int> AnsweredInStoreAsync(SchedulerHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SchedulerDb>().Notices.CountAsync(notice => notice.StoredAt != null, Cancellation);
    }

    /// <summary>Completes when that many notices have been answered and the answers have been processed.</summary>
    private sealed class Answers(int awaited) : IConsumeMessageObserver<StatusChangesStored>
    {
        private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public static Answers Of(SchedulerHost host, int awaited)
        {
            var answers = new Answers(awaited);
            host.Services.GetRequiredService<IBus>().ConnectConsumeMessageObserver(answers);
            return answers;
        }

        public Task HandledAsync() => _handled.Task.WaitAsync(Cancellation);

        public Task PreConsume(ConsumeContext<StatusChangesStored> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<StatusChangesStored> context)
        {
            if (Interlocked.Add(ref _count, context.Message.ChangeIds.Count) >= awaited)
            {
                _handled.TrySetResult();
            }

            return Task.CompletedTask;
        }

        public Task ConsumeFault(ConsumeContext<StatusChangesStored> context, Exception exception)
        {
            _handled.TrySetException(exception);
            return Task.CompletedTask;
        }
    }
}
