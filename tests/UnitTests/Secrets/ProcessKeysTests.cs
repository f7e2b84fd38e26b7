using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Prober;

namespace Skypunch.UnitTests.Secrets;

/// <summary>What a service logs about the keys that it gets.</summary>
public sealed class ProcessKeysTests
{
    private static readonly string Single = Convert.ToBase64String(new byte[SecretKeys.Bytes]);

    [Fact]
    public async Task A_service_that_gets_the_single_key_works_and_says_once_that_it_should_not_have_it()
    {
        var builder = Builder(Single);

        builder.NeedKeys(SecretPurpose.Jobs);

        Assert.Equal(
            ["Secrets:Key gives this service the keys for targets and notifiers, too, which it does not need. "
                + "Give it only its own keys: 'deploy/make-secrets --own-keys' derives them from the single one."],
            await RemarksAsync(builder));
    }

    [Fact]
    public async Task A_service_with_its_own_keys_and_a_process_that_needs_all_say_nothing()
    {
        var own = Builder(SecretKeysTests.OwnKey("notifiers"));
        own.NeedKeys(SecretPurpose.Notifiers);
        var all = Builder(Single);
        all.NeedKeys(SecretPurpose.Notifiers);
        all.NeedKeys(SecretPurpose.Jobs);
        all.NeedKeys(SecretPurpose.Targets, SecretPurpose.Jobs);

        Assert.Empty(await RemarksAsync(own));
        Assert.Empty(await RemarksAsync(all));
    }

    [Fact]
    public void A_service_without_a_key_that_it_needs_does_not_start()
    {
        var fault = Assert.Throws<StartupException>(() => Builder(SecretKeysTests.OwnKey("notifiers")).NeedKeys(SecretPurpose.Targets, SecretPurpose.Jobs));

        Assert.Equal("Secrets:Key lacks the key for targets and jobs: each service has a list of keys of its own, which deploy/make-secrets makes.", fault.Message);
    }

    [Theory]
    [InlineData("s3cr3t")]
    [InlineData("jobs:s3cr3t")]
    public void A_malformed_key_is_reported_without_being_shown(string key)
    {
        var fault = Assert.Throws<StartupException>(() => Builder(key));

        Assert.StartsWith("Secrets:Key must be 32 bytes in base64", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault.Message, StringComparison.Ordinal);
    }

    private static WebApplicationBuilder Builder(string key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Secrets:Key", key), new("Admin:Token", "t")]);
        builder.AddSecrets();
        return builder;
    }

    private static async Task<List<string>> RemarksAsync(WebApplicationBuilder builder)
    {
        using var log = new LinesOfLog();
        await using var services = builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log)).BuildServiceProvider();
        await ActivatorUtilities.CreateInstance<KeysRemark>(services).StartAsync(TestContext.Current.CancellationToken);
        return [.. log.Lines.Select(line => line.Text)];
    }
}
