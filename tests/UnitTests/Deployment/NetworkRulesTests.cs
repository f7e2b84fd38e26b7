using k8s.Models;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// Which pods may talk to which. A connection is possible if the policies allow both the egress of the one pod and the ingress of the
/// other.
/// </summary>
public sealed class NetworkRulesTests
{
    public static TheoryData<string, string> Ways => new()
    {
        { "scheduler", "mysql:mysql" },
        { "scheduler", "rabbitmq:rabbitmq" },
        { "scheduler", "notifier:grpc" },
        { "notifier", "mysql:mysql" },
        { "notifier", "rabbitmq:rabbitmq" },
        { "prober", "rabbitmq:rabbitmq" },
        { "web", "scheduler:grpc" },
    };

    [Fact]
    public void Within_the_system_the_ways_that_are_needed_are_open_and_no_others()
    {
        var manifests = Manifests.Build("dev");
        var open = from one in manifests.Workloads
                   from other in manifests.Workloads
                   from port in other.Pod.Containers.SelectMany(container => container.Ports)
                   where one.Name != other.Name && GoesOut(manifests, one, other, port) && LetsIn(manifests, one, other, port)
                   select (one.Name, $"{other.Name}:{port.Name}");

        Assert.Equal(Ways.Select(row => row.Data).Order(), open.Order());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("keda")]
    [InlineData("chart/production")]
    [InlineData("chart/tls")]
    public void What_no_policy_allows_is_denied_and_a_Prober_does_not_reach_a_clouds_metadata(string overlay)
    {
        var manifests = Manifests.Build(overlay);
        var policies = manifests.Of<V1NetworkPolicy>().ToList();

        var deny = Assert.Single(policies, policy => policy.Metadata.Name == "default-deny").Spec;
        Assert.True((deny.Ingress, deny.Egress) is (null, null));
        Assert.All(manifests.Workloads, workload => Assert.True(Selects(deny.PodSelector, workload.Labels)));
        Assert.Equal(["Egress", "Ingress"], deny.PolicyTypes.Order());
        var anywhere = policies.Where(policy => policy.Spec.Egress is not null)
            .SelectMany(policy => policy.Spec.Egress)
            .SelectMany(rule => rule.To ?? [])
            .Where(peer => peer.IpBlock?.Cidr is "0.0.0.0/0" or "::/0").ToList();
        Assert.Equal(4, anywhere.Count); // for Probers, and for a Notifier's messages to URLs
        Assert.All(anywhere, peer => Assert.Contains(peer.IpBlock.Except, range => range is "169.254.0.0/16" or "fe80::/10"));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("keda")]
    [InlineData("chart/production")]
    [InlineData("chart/tls")]
    public void A_policy_is_about_pods_that_exist_and_lets_in_at_ports_that_they_have(string overlay)
    {
        var manifests = Manifests.Build(overlay);

        Assert.All(manifests.Of<V1NetworkPolicy>(), policy =>
        {
            var pods = manifests.Workloads.Where(workload => Selects(policy.Spec.PodSelector, workload.Labels)).ToList();
            Assert.NotEmpty(pods);
            var ports = pods.SelectMany(pod => pod.Pod.Containers).SelectMany(container => container.Ports ?? []).ToList();
            Assert.All(
                (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports),
                allowed => Assert.Contains(ports, port => Is(port, allowed.Port)));
        });
    }

    private static bool GoesOut(Manifests manifests, Workload one, Workload other, V1ContainerPort port)
        => Policies(manifests, one, "Egress").SelectMany(policy => policy.Spec.Egress ?? [])
            .Any(rule => HasPort(rule.Ports, port) && (rule.To is null || rule.To.Any(peer => peer.IpBlock is not null || Selects(peer, other))));

    private static bool LetsIn(Manifests manifests, Workload one, Workload other, V1ContainerPort port)
        => Policies(manifests, other, "Ingress").SelectMany(policy => policy.Spec.Ingress ?? [])
            .Any(rule => HasPort(rule.Ports, port) && (rule.FromProperty is null || rule.FromProperty.Any(peer => Selects(peer, one))));

    private static IEnumerable<V1NetworkPolicy> Policies(Manifests manifests, Workload workload, string type)
        => manifests.Of<V1NetworkPolicy>().Where(policy => policy.Spec.PolicyTypes.Contains(type) && Selects(policy.Spec.PodSelector, workload.Labels));

    private static bool Selects(V1NetworkPolicyPeer peer, Workload workload)
        => peer.NamespaceSelector is null && peer.PodSelector is not null && Selects(peer.PodSelector, workload.Labels);

    private static bool Selects(V1LabelSelector selector, IDictionary<string, string> labels)
        => (selector.MatchLabels ?? new Dictionary<string, string>()).All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
            && (selector.MatchExpressions ?? []).All(e => e.OperatorProperty == "In" && labels.TryGetValue(e.Key, out var value) && e.Values.Contains(value));

    private static bool HasPort(IList<V1NetworkPolicyPort>? allowed, V1ContainerPort port) => allowed is null || allowed.Any(a => Is(port, a.Port));

    private static bool Is(V1ContainerPort port, IntOrString named) => port.Name == named.Value || $"{port.ContainerPort}" == named.Value;
}
