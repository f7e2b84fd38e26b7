using Skypunch.Contracts;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Sample changes of a target's status.</summary>
internal static class AChange
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TargetStatusChanged Failure(long targetId = 1, DateTimeOffset? at = null) => new()
    {
        ChangeId = Guid.NewGuid(),
        TargetId = targetId,
        Name = $"Target {targetId}",
        Url = "https://example.org/health",
        TargetDescription = "What customers see <first>.\nAsk the web team.",
        Group = "shop/web",
        Labels = new Dictionary<string, string> { ["team"] = "<web>" },
        Method = "GET",
        Authn = "BASIC",
        PassResult = "200-299",
        Frequency = TimeSpan.FromSeconds(10),
        Timeout = TimeSpan.FromSeconds(2.5),
        From = "PASS",
        To = "FAIL",
        At = at ?? Noon,
        Since = (at ?? Noon).AddDays(-2).AddHours(-3),
        Reason = ProbeReasons.StatusMismatch,
        Description = "target status:503 != 200-299",
        Advice = "The service is overloaded or its backend is down: look at <its> log.",
        Counters = new TargetCounters(17_000, 3, 17_000, 0, 1, 2, 0, 1),
        Trace =
        [
            new("connect", Noon.AddTicks(1_136_230), TimeSpan.Zero, "Connecting to https://example.org/health ....", StepOutcome.None),
            new("connect", Noon.AddTicks(1_183_380), TimeSpan.FromMilliseconds(4.7), "Connection", StepOutcome.Ok),
            new("response", Noon.AddTicks(1_192_190), TimeSpan.FromMilliseconds(0.8), "Response", StepOutcome.Fail),
            new("assertion", Noon.AddTicks(1_193_000), TimeSpan.Zero, "body contains OK", StepOutcome.Fail, "the body has no such text"),
        ],
    };

    public static TargetStatusChanged Recovery(long targetId = 1, DateTimeOffset? at = null) => Failure(targetId, at) with
    {
        From = "FAIL",
        To = "PASS",
        Since = (at ?? Noon).AddSeconds(-125),
        Reason = ProbeReasons.Ok,
        Description = "OK",
        Advice = null,
        Counters = new TargetCounters(17_001, 15, 17_001, 0, 1, 14, 0, 0),
        Trace =
        [
            new("connect", Noon.AddTicks(1_183_380), TimeSpan.FromMilliseconds(4.7), "Connection", StepOutcome.Ok),
            new("response", Noon.AddTicks(1_192_190), TimeSpan.FromMilliseconds(0.8), "Response", StepOutcome.Ok),
        ],
    };
}
