using CsCheck;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier;

/// <summary>
/// The retries of a delivery, for attempts of any duration and any patience. A failure prints the seed that reproduces it
/// (<c>CsCheck_Seed</c>).
/// </summary>
public sealed class RetryScheduleModelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_delivery_is_tried_with_pauses_that_grow_and_given_up_when_its_time_is_over_and_not_before() =>
        Gen.Select(Gen.Int[1, 48].Select(hours => TimeSpan.FromHours(hours)), Gen.Int[0, 600_000].Array[20]).Sample((giveUpAfter, attempts) =>
        {
            var (now, before) = (Noon, TimeSpan.Zero);
            for (var failures = 1; ; failures++)
            {
                now += TimeSpan.FromMilliseconds(attempts[failures % attempts.Length]); // an attempt takes some time
                if (RetrySchedule.Next(failures, Noon, giveUpAfter, now) is not { } next)
                {
                    Assert.True(now - Noon >= giveUpAfter, "it is given up too soon");
                    return;
                }

                Assert.True(now - Noon < giveUpAfter, "it is given up too late");
                Assert.True(next - now >= before && next - now <= TimeSpan.FromMinutes(15), "a pause shrinks, or is too long");
                (before, now) = (next - now, next);
            }
        });
}
