using k8s;
using k8s.Models;

#pragma warning disable SA1402, CA1812 // the types of other projects' objects, as far as Skypunch uses them; YAML fills them
namespace Skypunch.UnitTests.Deployment;

/// <summary>Types of objects that the Kubernetes client does not have. As everywhere, an unknown field is an error.</summary>
internal static class CustomResources
{
    public static Dictionary<string, Type> Types { get; } = new()
    {
        ["external-secrets.io/v1/ExternalSecret"] = typeof(ExternalSecret),
        ["gateway.networking.k8s.io/v1/BackendTLSPolicy"] = typeof(BackendTlsPolicy),
        ["gateway.networking.k8s.io/v1/GRPCRoute"] = typeof(GrpcRoute),
        ["gateway.networking.k8s.io/v1/HTTPRoute"] = typeof(HttpRoute),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
    };

    internal abstract class Custom<TSpec> : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public V1ObjectMeta Metadata { get; set; } = new();

        public required TSpec Spec { get; set; }
    }

    internal sealed record Reference
    {
        public string? Group { get; set; }

        public string? Kind { get; set; }

        public string Name { get; set; } = "";

        public string? Namespace { get; set; }

        public int? Port { get; set; }
    }

    internal sealed class BackendTlsPolicy : Custom<BackendTlsPolicySpec>;

    internal sealed record BackendTlsPolicySpec
    {
        public List<Reference> TargetRefs { get; set; } = [];

        public BackendTlsValidation Validation { get; set; } = new();
    }

    internal sealed record BackendTlsValidation
    {
        public string Hostname { get; set; } = "";

        public List<Reference> CaCertificateRefs { get; set; } = [];
    }

    internal sealed class PodMonitor : Custom<PodMonitorSpec>;

    internal sealed record PodMonitorSpec
    {
        public V1LabelSelector Selector { get; set; } = new();

        public string? JobLabel { get; set; }

        public List<PodMetricsEndpoint> PodMetricsEndpoints { get; set; } = [];
    }

    internal sealed record PodMetricsEndpoint
    {
        public string Port { get; set; } = "";

        public string Path { get; set; } = "";

        public string Interval { get; set; } = "";

        public bool? HonorLabels { get; set; }

        public MonitorAuthorization Authorization { get; set; } = new();

        public List<SortedDictionary<string, string>> Relabelings { get; set; } = [];
    }

    internal sealed record MonitorAuthorization
    {
        public V1SecretKeySelector Credentials { get; set; } = new();
    }

    internal sealed class PrometheusRule : Custom<PrometheusRuleSpec>;

    internal sealed record PrometheusRuleSpec
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    internal sealed record RuleGroup
    {
        public string Name { get; set; } = "";

        public List<AlertRule> Rules { get; set; } = [];
    }

    internal sealed record AlertRule
    {
        public string Alert { get; set; } = "";

        public string Expr { get; set; } = "";

        public string? For { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }

    internal sealed class GrpcRoute : Custom<GrpcRouteSpec>;

    internal sealed record GrpcRouteSpec
    {
        public List<Reference> ParentRefs { get; set; } = [];

        public List<string> Hostnames { get; set; } = [];

        public List<GrpcRule> Rules { get; set; } = [];
    }

    internal sealed record GrpcRule
    {
        public List<Reference> BackendRefs { get; set; } = [];
    }

    internal sealed class HttpRoute : Custom<HttpRouteSpec>;

    internal sealed record HttpRouteSpec
    {
        public List<Reference> ParentRefs { get; set; } = [];

        public List<string> Hostnames { get; set; } = [];

        public List<HttpRule> Rules { get; set; } = [];
    }

    internal sealed record HttpRule
    {
        public List<Reference> BackendRefs { get; set; } = [];

        public RouteTimeouts Timeouts { get; set; } = new();
    }

    internal sealed record RouteTimeouts
    {
        public string Request { get; set; } = "";
    }

    internal sealed class ScaledObject : Custom<ScaledObjectSpec>;

    internal sealed record ScaledObjectSpec
    {
        public Reference ScaleTargetRef { get; set; } = new();

        public int MinReplicaCount { get; set; }

        public int MaxReplicaCount { get; set; }

        public int PollingInterval { get; set; }

        public int CooldownPeriod { get; set; }

        public ScaledObjectAdvanced Advanced { get; set; } = new();

        public ScaledObjectFallback Fallback { get; set; } = new();

        public List<Trigger> Triggers { get; set; } = [];
    }

    internal sealed record ScaledObjectAdvanced
    {
        public Reference HorizontalPodAutoscalerConfig { get; set; } = new();
    }

    internal sealed record ScaledObjectFallback
    {
        public int FailureThreshold { get; set; }

        public int Replicas { get; set; }

        public string Behavior { get; set; } = "";
    }

    internal sealed record Trigger
    {
        public string Type { get; set; } = "";

        public string? MetricType { get; set; }

        public SortedDictionary<string, string> Metadata { get; set; } = [];

        public Reference? AuthenticationRef { get; set; }
    }

    internal sealed class TriggerAuthentication : Custom<TriggerAuthenticationSpec>;

    internal sealed record TriggerAuthenticationSpec
    {
        public List<SecretTarget> SecretTargetRef { get; set; } = [];
    }

    internal sealed record SecretTarget
    {
        public string Parameter { get; set; } = "";

        public string Name { get; set; } = "";

        public string Key { get; set; } = "";
    }
}
