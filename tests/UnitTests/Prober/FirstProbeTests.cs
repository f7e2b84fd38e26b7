using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Prober.Jobs;

namespace Skypunch.UnitTests.Prober;

public sealed class FirstProbeTests
{
    [Theory]
    [InlineData("", ProbeReasons.Ok)]
    [InlineData("127.0.0.0/8", ProbeReasons.EgressDenied)]
    public async Task Jobs_are_taken_when_the_first_probe_was_made_even_where_it_is_refused(string denied, string reason)
    {
        await using var services = AProbe.Parts(("Prober:EgressDeny", denied)).AddSingleton<FirstProbe>().BuildServiceProvider();
        var first = services.GetRequiredService<FirstProbe>();
        Assert.False(first.Gate.IsOpen);

        await first.StartAsync(TestContext.Current.CancellationToken);
        await first.Gate.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(reason, first.Result?.Reason);
        await first.StopAsync(TestContext.Current.CancellationToken);
    }
}
