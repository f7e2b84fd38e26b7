using Skypunch.Faults.Ground;
using Skypunch.Faults.Soak;

namespace Skypunch.Faults;

/// <summary>Random faults on the services, one after the other: all counts agree, and no resource grows.</summary>
[Collection(nameof(OnServices))]
public sealed class SoakTests(Grounds grounds)
{
    [Fact]
    public async Task The_services_last_under_random_faults() => await SoakTrial.RunAsync(await grounds.TrialOnServicesAsync(SoakTrial.Watched), grounds.Mail, "services");
}
