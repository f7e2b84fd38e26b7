using k8s.Models;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// The rules for every pod of <c>k8s/</c>: it has no unnecessary rights, it has health checks, and it cannot take a node's resources away
/// from others.
/// </summary>
public sealed class PodRulesTests
{
    private const string Placeholder = "registry.example.com/"; // a domain that RFC 2606 reserves for examples

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30); // HostingExtensions: probes in flight, messages being sent

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("keda")]
    [InlineData("chart/production")]
    [InlineData("chart/tls")]
    public void Every_pod_is_admitted_where_pod_security_is_restricted(string overlay)
    {
        var manifests = Manifests.Build(overlay);

        Assert.Equal(overlay.StartsWith("chart/", StringComparison.Ordinal) ? 0 : 1, manifests.Of<V1Namespace>().Count()); // Helm gets an existing namespace
        Assert.All(manifests.Of<V1Namespace>(), space => Assert.Equal("restricted", space.Metadata.Labels["pod-security.kubernetes.io/enforce"]));
        Assert.All(manifests.Workloads, workload =>
        {
            var pod = workload.Pod.SecurityContext;
            Assert.True(pod.RunAsNonRoot);
            Assert.NotEqual(0, pod.RunAsUser);
            Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
            Assert.NotEqual(true, workload.Pod.HostNetwork);
            Assert.DoesNotContain(workload.Pod.Volumes ?? [], volume => volume.HostPath is not null);
        });
        Assert.All(manifests.Workloads.SelectMany(workload => workload.Pod.Containers), container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal("ALL", Assert.Single(container.SecurityContext.Capabilities.Drop));
            Assert.Null(container.SecurityContext.Capabilities.Add);
        });
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("keda")]
    [InlineData("chart/production")]
    [InlineData("chart/tls")]
    public void No_pod_has_a_token_for_the_cluster(string overlay)
    {
        var manifests = Manifests.Build(overlay);

        Assert.All(manifests.Workloads, workload =>
        {
            Assert.False(workload.Pod.AutomountServiceAccountToken);
            Assert.False(manifests.Named<V1ServiceAccount>(workload.Pod.ServiceAccountName).AutomountServiceAccountToken);
        });
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("keda")]
    [InlineData("chart/production")]
    [InlineData("chart/tls")]
    public void Every_container_has_requests_limits_and_three_probes(string overlay)
    {
        var manifests = Manifests.Build(overlay, "apply");

        Assert.All(manifests.Workloads.SelectMany(workload => workload.Pod.Containers), container =>
        {
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
            Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
        });
        Assert.All(manifests.Workloads.Where(workload => workload.Pod.RestartPolicy is null).SelectMany(workload => workload.Pod.Containers), container =>
        {
            Assert.NotNull(container.StartupProbe);
            Assert.NotNull(container.LivenessProbe);
            Assert.NotNull(container.ReadinessProbe);
        });
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("prober")]
    [InlineData("notifier")]
    [InlineData("web")]
    public void A_service_is_asked_at_its_health_port_spread_over_nodes_and_given_time_to_stop(string name)
    {
        var manifests = Manifests.Build("production");

        var deployment = manifests.Named<V1Deployment>(name);
        var container = Assert.Single(deployment.Spec.Template.Spec.Containers);
        Assert.Equal("/healthz", container.StartupProbe.HttpGet.Path);
        Assert.Equal("/healthz", container.LivenessProbe.HttpGet.Path); // a database that is not reachable is no reason for a restart
        Assert.Equal("/readyz", container.ReadinessProbe.HttpGet.Path);
        Assert.All([container.StartupProbe, container.LivenessProbe, container.ReadinessProbe], probe => Assert.Equal("health", probe.HttpGet.Port.Value));
        var pause = container.Lifecycle?.PreStop.Sleep.Seconds ?? 0;
        Assert.Equal(container.Ports.Any(port => port.Name is "grpc" or "web"), pause > 0); // calls still arrive for a moment
        Assert.True(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > pause + ShutdownTimeout.TotalSeconds);
        Assert.All(deployment.Spec.Template.Spec.TopologySpreadConstraints, constraint => Assert.Equal(["pod-template-hash"], constraint.MatchLabelKeys));
        Assert.Contains(deployment.Spec.Template.Spec.TopologySpreadConstraints, constraint => constraint.TopologyKey == "kubernetes.io/hostname");
        Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        var budget = manifests.Named<V1PodDisruptionBudget>(name).Spec;
        Assert.Equal(deployment.Spec.Selector.MatchLabels, budget.Selector.MatchLabels);
        Assert.Equal("AlwaysAllow", budget.UnhealthyPodEvictionPolicy); // a node can be drained while the database is not reachable
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    public void No_image_of_ours_is_pulled_from_a_registry_that_may_be_somebody_elses(string overlay)
    {
        var images = Manifests.Build(overlay, "apply").Workloads.SelectMany(workload => workload.Pod.Containers).Select(container => container.Image)
            .Where(image => image.Contains("skypunch", StringComparison.Ordinal)).ToList();

        Assert.Equal(5, images.Count);
        Assert.All(images, image => Assert.StartsWith(Placeholder, image, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("prober")]
    [InlineData("notifier")]
    [InlineData("web")]
    public void The_ports_are_those_of_the_image(string name)
    {
        var stage = Sources.Read("deploy/Dockerfile").Split("\nFROM ").Single(s => s.StartsWith($"base AS {name}\n", StringComparison.Ordinal));
        var exposed = stage.Split('\n').Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal))["EXPOSE ".Length..];

        var ports = Manifests.Build("production").Named<V1Deployment>(name).Spec.Template.Spec.Containers[0].Ports;

        Assert.Equal(exposed, string.Join(' ', ports.Select(port => port.ContainerPort)));
    }
}
