using System.Text.RegularExpressions;
using System.Xml.Linq;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Skypunch.UnitTests.Deployment;

/// <summary>Each value of the Helm chart is described, and invalid values are refused before anything is installed.</summary>
public sealed partial class ChartValuesTests
{
    // Values in the format of Kubernetes: the chart's README describes each as a whole.
    private static readonly string[] Foreign = ["resources", "serviceAnnotations"];

    private static readonly string[] Services = ["scheduler", "prober", "notifier", "web"];

    [Fact]
    public void Every_value_is_described_in_the_README_and_none_that_is_not_there()
    {
        using var text = new StreamReader(Chart.PathOf("values.yaml"));
        var values = Leaves(new Deserializer().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text))), "").ToHashSet();

        var described = Row().Matches(File.ReadAllText(Chart.PathOf("README.md"))).Select(match => match.Groups[1].Value)
            .SelectMany(name => name.StartsWith("SERVICE.", StringComparison.Ordinal) ? Services.Select(service => name.Replace("SERVICE", service, StringComparison.Ordinal)) : [name])
            .ToHashSet();

        Assert.Equal(values.Order(), described.Order());
    }

    [Theory]
    [InlineData("scheduler: {replica: 3}", "replica")]
    [InlineData("autoscaling: {by: memory}", "by")]
    [InlineData("prober: {image: {digest: 'sha256:abc'}}", "digest")]
    [InlineData("rabbitmq: {port: '5671'}", "port")]
    [InlineData("rabbitmq: {host: ''}", "host")]
    [InlineData("settings: {Scheduler__FoldConcurrency: 8}", "settings")]
    [InlineData("settings: {Admin.Token: x}", "settings")]
    [InlineData("gateway: {hostnames: []}", "hostnames")]
    [InlineData("prober: {references: ['a:1,b:2']}", "references")]
    [InlineData("secrets: {name: 'Not a name'}", "name")]
    [InlineData("scheduler: {resources: {limits: null}}", "limits")]
    [InlineData("networkPolicies: {broker: {to: []}}", "to")]
    [InlineData("web: {pathBase: skypunch/}", "pathBase")]
    [InlineData("ingress: {pageHost: 'a b'}", "pageHost")]
    [InlineData("nothing: true", "nothing")]
    public void An_invalid_value_is_refused_by_its_name(string values, string name)
        => Assert.Contains(name, Chart.Refuse(values), StringComparison.Ordinal);

    [Fact]
    public void The_chart_has_the_version_of_the_product_and_the_rules_of_its_documents()
    {
        var version = XDocument.Load(Sources.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

        var chart = File.ReadAllLines(Chart.PathOf("Chart.yaml"));

        Assert.Contains($"version: {version}", chart);
        Assert.Contains($"appVersion: {version}", chart);
        Assert.Equal(Sources.Read("docs/monitoring/prometheus-rules.yaml"), File.ReadAllText(Chart.PathOf("files/prometheus-rules.yaml")));
    }

    private static IEnumerable<string> Leaves(Dictionary<object, object> map, string path)
        => map.SelectMany(pair => pair.Value is Dictionary<object, object> { Count: > 0 } inner && !Foreign.Contains(pair.Key)
            ? Leaves(inner, $"{path}{pair.Key}.")
            : [$"{path}{pair.Key}"]);

    [GeneratedRegex(@"^\| `([\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
