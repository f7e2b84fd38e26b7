using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.UnitTests.Prober;

public sealed class FirstProbeTests
{
    [Theory]
    [InlineData("", ProbeReasons.Ok, ProbeReasons.StatusMismatch)]
    [InlineData("127.0.0.0/8", ProbeReasons.EgressDenied, ProbeReasons.EgressDenied)]
    public async Task Jobs_are_taken_when_the_first_probes_were_made_even_where_they_are_refused(string denied, string reason, string failure)
    {
        await using var services = AProbe.Parts(("Prober:EgressDeny", denied)).AddSingleton<FirstProbe>().BuildServiceProvider();
        var first = services.GetRequiredService<FirstProbe>();
        Assert.False(first.Gate.IsOpen);

        await first.StartAsync(TestContext.Current.CancellationToken);
        await first.Gate.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(reason, first.Result?.Reason);
        Assert.Equal(failure, first.Failure?.Reason);
        await first.StopAsync(TestContext.Current.CancellationToken);
    }
}
