using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Pauses;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystonePauseTests
{
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_login_that_timed_out_while_the_process_stood_still_is_made_again_at_once(bool isPause, int logins)
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync();
        var gate = new TaskCompletionSource();
        keystone.Gate = gate.Task;
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var tokens = services.GetRequiredService<KeystoneTokens>();
        services.GetRequiredService<LostTime>().Enter();
        var parameters = new Dictionary<string, string> { ["user"] = "me", ["password"] = "x", ["tenantid"] = "t", ["osauthendpoint"] = $"{keystone.Url}/v3" };
        Assert.True(KeystoneIdentity.TryRead(parameters, out var identity, out _));

        var login = tokens.Get(identity).Attempt.Grant;
        await Eventually.HoldsAsync(() => keystone.Logins > 0, "Keystone is asked");
        var step = TimeSpan.FromSeconds(isPause ? 31 : 0.05);
        for (var gone = TimeSpan.Zero; gone < TimeSpan.FromSeconds(31); gone += step) // no longer, as the pause after a login has begun
        {
            clock.Advance(step);
        }

        await login;
        gate.SetResult();
        var next = await tokens.Get(identity).Attempt.Grant;

        Assert.Equal((ProbeReasons.AuthUnreachable, isPause), ((await login).Failure!.Reason, (await login).Failure!.IsOfPause));
        Assert.Equal((isPause, logins), (next.Token is not null, keystone.Logins));
    }
}
