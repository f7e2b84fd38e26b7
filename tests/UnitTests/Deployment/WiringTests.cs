using k8s;
using k8s.Models;
using MassTransit;
using Microsoft.Extensions.Options;
using Skypunch.Prober.Jobs;
using Skypunch.Prober.Settings;

namespace Skypunch.UnitTests.Deployment;

/// <summary>The names by which the objects of <c>k8s/</c> refer to each other, to the bus and to settings.</summary>
public sealed class WiringTests
{
    // Settings of libraries and of .NET that the manifests set; docs/operations.md lists them.
    private static readonly string[] Foreign = ["RabbitMq__Host", "RabbitMq__Port", "RabbitMq__VHost", "RabbitMq__User", "RabbitMq__Pass", "RabbitMq__UseSsl"];

    public static TheoryData<string, string[]> Systems => new()
    {
        { "dev", [] },
        { "production", [] },
        { "keda", [] },
        { "dev", ["ingress", "ingress-page"] },
        { "production", ["gateway-page"] },
        { "production", ["tls", "gateway-tls"] },
        { "production", ["monitoring", "apply"] },
        { "production", ["generated-secrets", "monitoring"] },
        { "production", ["external-secrets", "apply", "tls"] },
        { "keda", ["generated-secrets"] },
        { "dev", ["monitoring"] },
        { "chart/production", [] },
        { "chart/keda", [] },
        { "chart/tls", [] },
        { "chart/ingress", [] },
        { "chart/page", [] },
    };

    [Fact]
    public void With_TLS_on_the_pods_nothing_speaks_to_them_in_clear()
    {
        var manifests = Manifests.Build("production", "apply", "tls", "gateway-tls");

        Assert.All(["scheduler", "notifier"], name => Assert.Equal("https", Assert.Single(manifests.Named<V1Service>(name).Spec.Ports).AppProtocol));
        Assert.Contains("https://scheduler:7413", Assert.Single(manifests.Named<V1Job>("skypunch-apply").Spec.Template.Spec.Containers).Args);
        var policy = Assert.Single(manifests.Of<CustomResources.BackendTlsPolicy>()).Spec;
        Assert.Equal(("scheduler", "scheduler"), (Assert.Single(policy.TargetRefs).Name, policy.Validation.Hostname));
    }

    [Fact]
    public void The_operators_rules_are_those_of_the_documents_and_its_monitors_find_pods_ports_and_the_token()
    {
        var manifests = Manifests.Build("dev", "monitoring");

        var documented = KubernetesYaml.Deserialize<CustomResources.PrometheusRuleSpec>(Sources.Read("docs/monitoring/prometheus-rules.yaml"));
        var rules = Assert.Single(manifests.Of<CustomResources.PrometheusRule>()).Spec;
        Assert.Equal(KubernetesYaml.Serialize(documented), KubernetesYaml.Serialize(rules));
        Assert.All(manifests.Of<CustomResources.PodMonitor>(), monitor => Assert.All(monitor.Spec.PodMetricsEndpoints, endpoint =>
        {
            Assert.Contains(manifests.Workloads.SelectMany(w => w.Pod.Containers).SelectMany(c => c.Ports ?? []), port => port.Name == endpoint.Port);
            var token = endpoint.Authorization.Credentials;
            Assert.Contains(token.Key, manifests.KeysOf(token.Name));
        }));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Every_selector_finds_pods_and_every_port_is_one_of_theirs(string overlay, string[] components)
    {
        var manifests = Manifests.Build(overlay, components);

        Assert.All(manifests.Of<V1Service>(), service =>
        {
            var pod = Assert.Single(manifests.Workloads, workload => Selects(service.Spec.Selector, workload.Labels)).Pod;
            Assert.All(service.Spec.Ports, port => Assert.True(HasPort(pod, port.TargetPort)));
        });
        Assert.All(manifests.Of<V1HorizontalPodAutoscaler>(), scaler => manifests.Named<V1Deployment>(scaler.Spec.ScaleTargetRef.Name));
        Assert.All(manifests.Of<V2HorizontalPodAutoscaler>(), scaler => manifests.Named<V1Deployment>(scaler.Spec.ScaleTargetRef.Name));
        Assert.All(manifests.Of<V1PodDisruptionBudget>(), budget => Assert.Single(manifests.Workloads, w => Selects(budget.Spec.Selector.MatchLabels, w.Labels)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Every_secret_and_key_that_a_pod_mounts_is_there_and_every_config_map_too(string overlay, string[] components)
    {
        var manifests = Manifests.Build(overlay, components);

        Assert.All(manifests.Of<ExternalSecret>(), external => Assert.Equal(
            DocumentedSecrets.Keys(external.Spec.Target.Name).Order(), external.Spec.Data.Select(entry => entry.SecretKey).Order()));
        foreach (var volume in manifests.Workloads.SelectMany(workload => workload.Pod.Volumes ?? []).Where(volume => volume.Secret?.Items is not null))
        {
            Assert.Superset(volume.Secret.Items.Select(item => item.Key).ToHashSet(), manifests.KeysOf(volume.Secret.SecretName).ToHashSet());
        }

        Assert.All(
            manifests.Workloads.SelectMany(w => w.Pod.Containers).SelectMany(container => container.EnvFrom ?? []),
            source => manifests.Named<V1ConfigMap>(source.ConfigMapRef.Name));
        Assert.All(
            manifests.Of<CustomResources.TriggerAuthentication>().SelectMany(authentication => authentication.Spec.SecretTargetRef),
            target => Assert.Contains(target.Key, manifests.KeysOf(target.Name)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Every_setting_is_one_that_a_service_knows(string overlay, string[] components)
    {
        var manifests = Manifests.Build(overlay, components);
        var known = KnownSettings.All.Select(setting => setting.Name).Concat(Foreign).ToHashSet();
        var ours = manifests.Of<V1Deployment>().SelectMany(d => d.Spec.Template.Spec.Containers).ToList();

        var said = manifests.Of<V1ConfigMap>().SelectMany(map => map.Data.Keys)
            .Concat(ours.SelectMany(container => container.Env ?? []).Select(variable => variable.Name))
            .Concat(manifests.Of<V1Deployment>().SelectMany(d => d.Spec.Template.Spec.Volumes).SelectMany(v => v.Secret.Items ?? []).Select(item => item.Path));

        Assert.All(said, name => Assert.True(
            known.Contains(name) || name is "ca.crt" or "SSL_CERT_FILE" or "ConnectionStrings__Scheduler" or "ConnectionStrings__Notifier"
            || name.StartsWith("Kestrel__Endpoints__Admin__", StringComparison.Ordinal),
            $"{name} is no setting"));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void What_leads_to_the_admin_API_leads_to_the_Scheduler_and_what_leads_to_the_page_has_its_own_name(string overlay, string[] components)
    {
        var manifests = Manifests.Build(overlay, components);

        var pages = manifests.Of<CustomResources.HttpRoute>().ToList();
        Assert.All(pages, page => Assert.Equal(("web", 7415, "0s"), (page.Spec.Rules[0].BackendRefs[0].Name, page.Spec.Rules[0].BackendRefs[0].Port, page.Spec.Rules[0].Timeouts.Request)));
        var hosts = manifests.Of<V1Ingress>().SelectMany(i => i.Spec.Rules).Where(r => r.Http.Paths[0].Backend.Service.Name == "web").Select(r => r.Host).Concat(pages.SelectMany(page => page.Spec.Hostnames)).ToList();
        Assert.DoesNotContain(manifests.Of<CustomResources.GrpcRoute>().SelectMany(r => r.Spec.Hostnames), hosts.Contains);
        Assert.Equal(hosts.FirstOrDefault(), manifests.Named<V1Deployment>("web").Spec.Template.Spec.Containers[0].Env?.SingleOrDefault(v => v.Name == "Admin__AllowedHosts")?.Value);
        var routes = manifests.Of<CustomResources.GrpcRoute>().SelectMany(r => r.Spec.Rules).SelectMany(r => r.BackendRefs).Select(b => (b.Name, b.Port)).ToList();
        Assert.All(routes, route => Assert.Contains(manifests.Named<V1Service>(route.Name).Spec.Ports, port => port.Port == route.Port));
        var backends = manifests.Of<V1Ingress>().SelectMany(i => i.Spec.Rules).SelectMany(r => r.Http.Paths).Select(path => path.Backend.Service).ToList();
        Assert.All(backends, backend => Assert.Contains(manifests.Named<V1Service>(backend.Name).Spec.Ports, port => port.Name == backend.Port.Name));
        Assert.All(routes.Select(r => r.Name).Concat(backends.Select(b => b.Name).Where(name => name != "web")), name => Assert.Equal("scheduler", name));
    }

    [Theory]
    [InlineData("keda")]
    [InlineData("chart/keda")]
    public void Probers_are_scaled_by_the_queue_that_their_jobs_wait_in_and_by_one_autoscaler_alone(string overlay)
    {
        var manifests = Manifests.Build(overlay);

        var scaled = Assert.Single(manifests.Of<CustomResources.ScaledObject>()).Spec;
        Assert.Empty(manifests.Of<V2HorizontalPodAutoscaler>());
        manifests.Named<V1Deployment>(scaled.ScaleTargetRef.Name);
        Assert.Equal("prober", scaled.Advanced.HorizontalPodAutoscalerConfig.Name); // takes over the existing autoscaler
        var saturation = Assert.Single(scaled.Triggers, t => t.Type == "prometheus");
        Assert.Contains("skypunch_probes_in_flight", saturation.Metadata["query"], StringComparison.Ordinal);
        Assert.Equal("false", saturation.Metadata["ignoreNullValues"]); // otherwise KEDA takes a missing value for zero, and never uses the fallback
        Assert.All(scaled.Triggers, t => Assert.Contains(t.MetricType, (string?[])["AverageValue", null])); // AverageValue, which is also the default: a fallback works with no other type
        Assert.Equal(("currentReplicasIfHigher", 4), (scaled.Fallback.Behavior, scaled.Fallback.Replicas));
        var trigger = Assert.Single(scaled.Triggers, trigger => trigger.Type == "rabbitmq");
        var options = Options.Create(new ProberOptions());
        using var limit = new ProbeLimit(options, TimeProvider.System);
        IConsumerDefinition jobs = new ProbeBatchConsumerDefinition(limit, options, TimeProvider.System);
        Assert.Equal(jobs.GetEndpointName(DefaultEndpointNameFormatter.Instance), trigger.Metadata["queueName"]);
        Assert.Equal("amqp", trigger.Metadata["protocol"]);
        Assert.DoesNotContain("excludeUnacknowledged", trigger.Metadata.Keys); // KEDA accepts this key only for HTTP; over AMQP it counts only the ready messages
        var authentication = Assert.Single(manifests.Of<CustomResources.TriggerAuthentication>());
        Assert.Equal(authentication.Metadata.Name, trigger.AuthenticationRef!.Name);
        Assert.Equal(["ca", "host", "tls"], authentication.Spec.SecretTargetRef.Select(target => target.Parameter).Order());
    }

    private static bool Selects(IDictionary<string, string> selector, IDictionary<string, string> labels)
        => selector.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static bool HasPort(V1PodSpec pod, IntOrString port)
        => pod.Containers.SelectMany(container => container.Ports).Any(p => p.Name == port.Value || $"{p.ContainerPort}" == port.Value);
}
