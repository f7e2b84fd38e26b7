using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Contracts;
using Skypunch.Prober.Keystone;
using Skypunch.Prober.Logins;

namespace Skypunch.UnitTests.Prober;

public sealed class KeystoneCatalogTests
{
    [Theory]
    [InlineData("compute", null, null, "/servers?limit=1", "/service/v2.1/t/servers?limit=1")]
    [InlineData("Compute", "RegionOne", "publicURL", "/servers", "/service/v2.1/t/servers")]
    [InlineData("compute", "RegionTwo", "public", "", "/service/two")]
    public async Task A_target_below_a_service_is_found_in_the_catalog(string type, string? region, string? face, string path, string asked)
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(keystone.Job().For(path) with { Catalog = new CatalogService(type, region, face) });

        Assert.Equal("OK", result.Description);
        Assert.Equal(asked, keystone.Paths.Single());
        Assert.Contains(result.Lines(), line => line.StartsWith($"The catalog has {type} at {keystone.Url}/service/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_catalog_of_v2_0_is_read_as_well()
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(
            keystone.Job(endpoint: "{0}/old/v2.0").For("/servers") with { Catalog = new CatalogService("compute", "RegionOne") });

        Assert.Equal(("OK", "/service/v2/t/servers"), (result.Description, keystone.Paths.Single()));
    }

    [Fact]
    public async Task What_the_target_does_not_say_the_parameters_may()
    {
        await using var keystone = await AKeystone.StartAsync();
        var job = keystone.Job("user=me,password=hunter2,tenantid=t,region_name=RegionTwo,service_type=compute,interface=public");

        await AProbe.RunAsync(job.For("") with { Catalog = new CatalogService("") });
        await AProbe.RunAsync(job.For("") with { Catalog = new CatalogService("compute", "RegionOne") });

        Assert.Equal(["/service/two", "/service/v2.1/t"], keystone.Paths);
    }

    [Theory]
    [InlineData("image", null, null, "the catalog of Keystone has no service 'image'; it has compute")]
    [InlineData("compute", "R3", null, "the catalog of Keystone has no service 'compute' in the region 'R3'; it has RegionOne and RegionTwo")]
    [InlineData("compute", "RegionTwo", "internalURL", "the catalog of Keystone has no interface 'internal' of 'compute'; it has public")]
    public async Task A_missing_entry_is_reported_with_the_entries_that_exist(string type, string? region, string? face, string words)
    {
        await using var keystone = await AKeystone.StartAsync();

        var result = await AProbe.RunAsync(keystone.Job().For("/") with { Catalog = new CatalogService(type, region, face) });

        Assert.Equal((ProbeReasons.AuthCatalogMiss, words), (result.Reason, result.Description));
        Assert.Equal("Correct the target's catalog service, region or interface, or register the endpoint in Keystone.", result.Advice);
        Assert.Empty(keystone.Asked);
    }

    [Fact]
    public async Task A_service_that_is_registered_later_is_found_before_the_token_ends()
    {
        var clock = new FakeTimeProvider();
        await using var keystone = await AKeystone.StartAsync(clock);
        await using var services = AProbe.Parts().AddSingleton<TimeProvider>(clock).BuildProbe(out var probe);
        var job = keystone.Job().For("/") with { Catalog = new CatalogService("image") };

        for (var minute = 0; minute < 13; minute++)
        {
            await probe.RunAsync(job, traced: true, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, keystone.Logins); // at 0:00, and at 0:07, as the catalog counted as too old from 0:06 on
    }

    [Fact]
    public async Task A_catalog_needs_OPENSTACK()
    {
        var result = await AProbe.RunAsync(AProbe.Job("/servers") with { Catalog = new CatalogService("compute") });

        Assert.Equal((ProbeReasons.TargetInvalid, "service_type needs authn OPENSTACK"), (result.Reason, result.Description));
    }

    [Theory]
    [InlineData("block-storage", "volumev2 volumev3", "volumev3")]
    [InlineData("volumev2", "volumev2 volumev3 block-storage", "volumev2")]
    [InlineData("volume", "block-storage", "block-storage")]
    [InlineData("object_store", "object-store", "object-store")]
    [InlineData("sharev2", "share", "share")]
    [InlineData("custom_thing", "custom_thing", "custom_thing")]
    public void A_service_is_known_by_its_aliases(string wanted, string there, string found)
    {
        var catalog = new KeystoneCatalog([.. there.Split(' ').Select(type => new CatalogEndpoint(type, "R", "public", new Uri($"http://{type.Replace('_', '-')}")))]);

        Assert.Equal($"http://{found.Replace('_', '-')}/", catalog.Find(wanted, null, null).Url?.AbsoluteUri);
    }

    [Fact]
    public void A_catalog_of_another_shape_is_empty_and_a_large_one_is_named_in_part()
    {
        var odd = KeystoneCatalog.Read(LenientJson.Parse(
            """{"token":{"catalog":[1,{"type":2},{"type":"a","endpoints":7},{"type":"b","endpoints":[null,{"interface":"public","url":"no"}]}]}}"""));
        var large = new KeystoneCatalog([.. Enumerable.Range(10, 30).Select(i => new CatalogEndpoint($"s{i}", "R", "public", new Uri("http://k")))]);

        Assert.Equal("the catalog of Keystone has no service 'a'; it has no service at all", odd.Find("a", null, null).Failure?.Words);
        Assert.EndsWith("s28, s29 and 10 more", large.Find("a", null, null).Failure?.Words, StringComparison.Ordinal);
    }
}
