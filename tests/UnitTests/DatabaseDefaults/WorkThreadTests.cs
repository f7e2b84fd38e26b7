using System.Diagnostics;
using Skypunch.DatabaseDefaults;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class WorkThreadTests
{
    private static readonly AsyncLocal<string?> Local = new();

    [Fact]
    public async Task Pieces_are_done_one_after_the_other_in_their_order_on_a_thread_of_their_own()
    {
        using var thread = new WorkThread("a test");
        var done = new List<int>(); // needs no lock, as only one piece of work runs at a time

        var threads = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => thread.RunAsync(() =>
        {
            done.Add(i);
            return Environment.CurrentManagedThreadId;
        })));

        Assert.Equal(Enumerable.Range(0, 1000), done);
        Assert.Single(threads.Distinct());
        Assert.Equal("a test", await thread.RunAsync(() => Thread.CurrentThread.Name));
    }

    [Fact]
    public async Task A_piece_that_fails_fails_its_caller_and_not_the_thread()
    {
        using var thread = new WorkThread("a test");
        var fault = new InvalidDataException();

        var failed = thread.RunAsync<int>(() => throw fault);
        var next = thread.RunAsync(() => 7);

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => failed));
        Assert.Equal(7, await next);
    }

    [Fact]
    public async Task A_piece_that_is_cancelled_is_so_for_its_caller()
    {
        using var thread = new WorkThread("a test");
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        var cancelled = thread.RunAsync<int>(() => throw new OperationCanceledException(over.Token));

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal((over.Token, TaskStatus.Canceled), (e.CancellationToken, cancelled.Status));
        Assert.Equal(7, await thread.RunAsync(() => 7));
    }

    [Fact]
    public async Task The_callers_context_flows_and_ends_with_the_piece()
    {
        Local.Value = "of the creator";
        using var thread = new WorkThread("a test");
        using var activity = new Activity("a test").Start();
        Local.Value = "of the caller";

        var seen = await thread.RunAsync(() =>
        {
            var found = (Local.Value, Activity.Current);
            Local.Value = "of the piece";
            return found;
        });
        Task<string?> after;
        using (ExecutionContext.SuppressFlow())
        {
            after = thread.RunAsync<string?>(() => Local.Value);
        }

        Assert.Equal(("of the caller", activity), seen);
        Assert.Equal("of the caller", Local.Value);
        Assert.Null(await after);
    }

    [Fact]
    public async Task Accepted_work_is_done_before_the_end_and_no_work_is_accepted_after_it()
    {
        var thread = new WorkThread("a test");
        using var gate = new ManualResetEventSlim();
        var pieces = Enumerable.Range(0, 100).Select(i => thread.RunAsync(() =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return i;
        })).ToList();

        var ending = Task.Run(thread.Dispose, TestContext.Current.CancellationToken);
        Assert.False(ending.IsCompleted);
        gate.Set();
        await ending;

        Assert.All(pieces, piece => Assert.True(piece.IsCompletedSuccessfully));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => thread.RunAsync(() => 1));
    }
}
