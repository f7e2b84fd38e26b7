using k8s.Models;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// The Helm chart makes the same objects as the overlays of <c>k8s/</c>, and its values change what they say they change.
/// </summary>
public sealed class ChartTests
{
    public static TheoryData<string, string, string[]> Overlays => new()
    {
        { "production", "production", [] },
        { "keda", "keda", ["monitoring"] },
        { "tls", "production", ["apply", "tls", "gateway-tls"] },
        { "ingress", "production", ["ingress", "ingress-page"] },
        { "page", "production", ["gateway-page"] },
    };

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_chart_makes_the_objects_of_the_overlay(string values, string overlay, string[] components)
    {
        var expected = ComparedObjects.Of(Manifests.Build(overlay, components));

        var made = ComparedObjects.Of(Manifests.Build($"chart/{values}"));

        Assert.Equal(expected.Keys, made.Keys);
        Assert.All(expected, pair => Assert.Equal(pair.Value, made[pair.Key]));
    }

    [Fact]
    public void With_no_values_at_all_the_chart_is_a_whole_system_that_nothing_outside_reaches()
    {
        var chart = Manifests.Of(Chart.Render());

        Assert.Equal(["notifier", "prober", "scheduler", "web"], chart.Of<V1Deployment>().Select(d => d.Metadata.Name).Order());
        Assert.Single(chart.Of<V2HorizontalPodAutoscaler>());
        Assert.Empty(chart.Of<V1Ingress>());
        Assert.Empty(chart.Of<CustomResources.GrpcRoute>());
        Assert.Empty(chart.Of<CustomResources.HttpRoute>());
        Assert.DoesNotContain(chart.Of<V1NetworkPolicy>(), policy => policy.Metadata.Name.Contains("from-", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_is_named_by_its_digest_another_repository_or_the_tag_of_all()
    {
        var chart = Manifests.Build("chart/everything");

        var images = chart.Workloads.ToDictionary(w => w.Name, w => Assert.Single(w.Pod.Containers).Image);
        Assert.Equal("registry.internal/skypunch/scheduler@sha256:0000000000000000000000000000000000000000000000000000000000000001", images["scheduler"]);
        Assert.Equal("mirror.internal/prober:2.0.0", images["prober"]);
        Assert.Equal("registry.internal/skypunch/notifier:2.0.0", images["notifier"]);
        Assert.Equal("registry.internal/skypunch/cli:2.0.0", images["skypunch-apply"]);
        Assert.All(chart.Workloads, w => Assert.Equal(("registry", "Always"), (Assert.Single(w.Pod.ImagePullSecrets).Name, w.Pod.Containers[0].ImagePullPolicy)));
    }

    [Fact]
    public void A_Secret_of_another_name_is_mounted_and_no_authority_where_there_is_none()
    {
        var chart = Manifests.Build("chart/everything");

        Assert.All(chart.Workloads.SelectMany(w => w.Pod.Volumes).Where(v => v.Secret is not null), volume =>
        {
            Assert.Equal("from-vault", volume.Secret.SecretName);
            Assert.DoesNotContain(volume.Secret.Items, item => item.Key == "ca.crt");
        });
        Assert.All(chart.Of<CustomResources.PodMonitor>(), monitor => Assert.Equal("from-vault", monitor.Spec.PodMetricsEndpoints[0].Authorization.Credentials.Name));
        Assert.Empty(chart.Of<V1Secret>());
        var settings = chart.Named<V1ConfigMap>("skypunch").Data;
        Assert.False(settings.ContainsKey("RabbitMq__CaFile"));
        Assert.Equal(("broker.internal", "5672", "false", "monitoring"), (settings["RabbitMq__Host"], settings["RabbitMq__Port"], settings["RabbitMq__UseSsl"], settings["RabbitMq__VHost"]));
        Assert.Equal(("00:00:10", "skypunch.internal"), (settings["Scheduler__RelayInterval"], settings["Admin__AllowedHosts"]));
    }

    [Fact]
    public void A_service_runs_where_and_with_what_its_values_say()
    {
        var chart = Manifests.Build("chart/everything");

        var scheduler = chart.Named<V1Deployment>("scheduler").Spec;
        var pod = scheduler.Template.Spec;
        Assert.Equal((3, "monitoring", "dedicated", "high"), (scheduler.Replicas, pod.NodeSelector["pool"], Assert.Single(pod.Tolerations).Key, pod.PriorityClassName));
        Assert.NotNull(pod.Affinity.NodeAffinity);
        Assert.Equal("infra", scheduler.Template.Metadata.Labels["team"]);
        Assert.Equal("true", scheduler.Template.Metadata.Annotations["reloader.stakater.com/auto"]);
        Assert.Contains(pod.Containers[0].Env, variable => variable is { Name: "OTEL_EXPORTER_OTLP_ENDPOINT", Value: "http://collector.monitoring:4317" });
        var prober = chart.Named<V1Deployment>("prober").Spec;
        Assert.Equal(7, prober.Replicas);
        Assert.Empty(chart.Of<V2HorizontalPodAutoscaler>());
        var variables = prober.Template.Spec.Containers[0].Env.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal(
            ("gateway.internal:443,10.0.0.1:53", "10.0.0.0/8", "10.1.0.0/16"),
            (variables["Prober__References"], variables["Prober__EgressDeny"], variables["Prober__EgressAllow"]));
        Assert.Contains(prober.Template.Spec.Containers[0].VolumeMounts, mount => mount.MountPath == "/run/authorities");
        Assert.Equal("192.0.2.1/32", Assert.Single(Assert.Single(chart.Named<V1NetworkPolicy>("to-mysql").Spec.Egress).To).IpBlock.Cidr);
        var notifier = chart.Named<V1NetworkPolicy>("notifier").Spec.Egress;
        Assert.Equal(["2525", "443", "8443"], notifier.SelectMany(rule => rule.Ports).Select(port => port.Port.Value));
        var page = chart.Named<V1Deployment>("web").Spec.Template.Spec.Containers[0].Env.ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal(("page.skypunch.internal", "10.9.0.0/16", "/skypunch"), (page["Admin__AllowedHosts"], page["Admin__TrustedProxies"], page["Web__PathBase"]));
        Assert.Contains("name: Shop", chart.Named<V1ConfigMap>("skypunch-config").Data["targets.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_setting_replaces_the_pods()
    {
        static string Checksum(Manifests chart) => chart.Named<V1Deployment>("prober").Spec.Template.Metadata.Annotations["checksum/settings"];

        Assert.NotEqual(Checksum(Manifests.Build("chart/production")), Checksum(Manifests.Build("chart/everything")));
    }
}
