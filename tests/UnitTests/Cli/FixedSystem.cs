using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

/// <summary>A system that always reports the same status.</summary>
internal sealed class FixedSystem : SystemService.SystemServiceBase
{
    public override Task<GetSystemStatusResponse> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context)
        => Task.FromResult(new GetSystemStatusResponse
        {
            Version = "2.0.0",
            StartTime = Samples.At("2026-03-01T08:00:00Z"),
            Targets = new TargetCounts { NewCount = 1, PassCount = 20, FailCount = 2, DisabledCount = 3 },
            Lag = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250)),
            MissedCount = 4,
            UnannouncedChangeCount = 1,
            Probers =
            {
                new Admin.V1.Prober
                {
                    Name = "host-1",
                    Version = "2.0.0",
                    StartTime = Samples.At("2026-03-01T08:00:01Z"),
                    LastSeenTime = Samples.At("2026-03-01T09:00:00Z"),
                    RunningCount = 7,
                    CompletedCount = 12345,
                },
                new Admin.V1.Prober
                {
                    Name = "host-2",
                    Version = "2.0.0",
                    StartTime = Samples.At("2026-03-01T08:00:02Z"),
                    LastSeenTime = Samples.At("2026-03-01T09:00:01Z"),
                    RunningCount = 0,
                    CompletedCount = 12000,
                    CutOffTime = Samples.At("2026-03-01T08:59:30Z"),
                },
            },
        });
}
