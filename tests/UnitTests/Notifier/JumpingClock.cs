using Microsoft.Extensions.Time.Testing;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A wall clock that can be set, while the monotonic clock goes on.</summary>
internal sealed class JumpingClock() : FakeTimeProvider(AChange.Noon)
{
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
