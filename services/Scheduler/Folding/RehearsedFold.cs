using Microsoft.EntityFrameworkCore;
using Skypunch.Contracts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;

namespace Skypunch.Scheduler.Folding;

/// <summary>Folds a pass, a failure and a recovery of a target that is stored for that only, in a transaction that is rolled back.</summary>
internal sealed class RehearsedFold(SchedulerDb db, ResultFold fold, TimeProvider clock)
{
    private const string Prober = "rehearsal";

    /// <summary>Folds the results.</summary>
    /// <returns>The status changes that they have made.</returns>
    public async Task<IReadOnlyList<StatusChange>> RunAsync(CancellationToken cancellationToken)
    {
        // No other target has an id or a name like this one, not even that of another Scheduler that rehearses now.
        var (id, name) = (-Random.Shared.NextInt64(1, long.MaxValue), $"rehearsal {Guid.NewGuid():N}");
        var (changes, now) = (new List<StatusChange>(), clock.GetUtcNow());
        await db.RollBackAsync(
            async () =>
            {
                await db.Database.ExecuteSqlAsync($"INSERT INTO targets (id, name, url) VALUES ({id}, {name}, 'http://127.0.0.1/')", cancellationToken);
                foreach (var result in new[] { Result(id, now, 200), Result(id, now.AddMilliseconds(1), 503), Result(id, now.AddMilliseconds(2), 200) })
                {
                    db.ChangeTracker.Clear();
                    changes.AddRange((await fold.FoldAsync(new ProbeResults(Prober, [result]), cancellationToken)).Changes);
                }
            },
            cancellationToken);
        return changes;
    }

    private static ProbeResult Result(long targetId, DateTimeOffset at, int status)
    {
        var (passed, took) = (status == 200, TimeSpan.FromMilliseconds(1));
        return new ProbeResult
        {
            TargetId = targetId,
            Slot = at,
            StartedAt = at,
            Duration = took,
            Reason = passed ? ProbeReasons.Ok : ProbeReasons.StatusMismatch,
            Description = passed ? "OK" : "target status:503 != 200",
            Advice = passed ? null : "Nothing is to be done.",
            StatusCode = status,
            Timings = new ProbeTimings(null, null, took, null, took, took),
            Trace = [new ProbeStep("connect", at, took, "Connection", StepOutcome.Ok), new ProbeStep("response", at, took, "Response", StepOutcome.Fail, "503")],
        };
    }
}
