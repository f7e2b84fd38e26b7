using System.Xml.Linq;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// Skypunch shares its machine with other programs: no service may take all of its resources, and no package with a known vulnerability is
/// built in.
/// </summary>
public sealed class LimitsTests
{
    [Fact]
    public void In_compose_each_service_of_ours_is_bounded_in_memory_and_processes()
    {
        var compose = Sources.Read("docker-compose.yml").Split("\n\n");

        var ours = Assert.Single(compose, section => section.StartsWith("x-ours: &ours\n", StringComparison.Ordinal));
        Assert.Contains("\n  pids_limit: 4096\n", ours, StringComparison.Ordinal);
        Assert.Contains("\n  mem_limit: ${SKYPUNCH_MEMORY:-2g}\n", ours, StringComparison.Ordinal);
        Assert.All(["scheduler", "prober", "notifier", "web"], name => Assert.Single(
            compose, section => section.StartsWith($"  {name}:\n    <<: *ours\n", StringComparison.Ordinal) && !section.Contains("_limit:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("skypunchd")]
    [InlineData("skypunch-scheduler")]
    [InlineData("skypunch-prober")]
    [InlineData("skypunch-notifier")]
    [InlineData("skypunch-web")]
    public void A_unit_is_bounded_in_memory_and_processes(string unit)
    {
        var lines = Sources.Read($"deploy/systemd/{unit}.service").Split('\n');

        Assert.Contains("TasksMax=4096", lines);
        Assert.Contains("MemoryMax=2G", lines);
    }

    [Fact]
    public void Known_vulnerabilities_of_all_packages_end_a_build_in_CI()
    {
        var properties = XDocument.Load(Sources.PathOf("Directory.Build.props")).Descendants().ToLookup(property => property.Name.LocalName);

        Assert.Equal(("true", "all"), (properties["NuGetAudit"].Single().Value, properties["NuGetAuditMode"].Single().Value));
        var unheeded = properties["WarningsNotAsErrors"].Where(property => property.Attribute("Condition") is null);
        Assert.All(["NU1901", "NU1902", "NU1903", "NU1904"], warning => Assert.DoesNotContain(unheeded, property => property.Value.Contains(warning, StringComparison.Ordinal)));
    }
}
