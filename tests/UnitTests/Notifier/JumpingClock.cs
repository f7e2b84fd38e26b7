using Microsoft.Extensions.Time.Testing;

namespace Skypunch.UnitTests.Notifier;

/// <summary>A clock that somebody sets, while the monotonic one goes on.</summary>
internal sealed class JumpingClock() : FakeTimeProvider(AChange.Noon)
{
    public TimeSpan Jump { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
