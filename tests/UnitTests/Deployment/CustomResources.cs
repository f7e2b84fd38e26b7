using k8s;
using k8s.Models;

#pragma warning disable SA1402, CA1812 // the shapes of other people's objects, as far as ours use them; YAML fills them
namespace Skypunch.UnitTests.Deployment;

/// <summary>Objects that the Kubernetes client does not know. What is not named here is an error, as everywhere.</summary>
internal static class CustomResources
{
    public static Dictionary<string, Type> Types { get; } = new()
    {
        ["gateway.networking.k8s.io/v1/Gateway"] = typeof(Gateway),
        ["gateway.networking.k8s.io/v1/GRPCRoute"] = typeof(GrpcRoute),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
    };

    internal abstract class Custom<TSpec> : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "";

        public string Kind { get; set; } = "";

        public V1ObjectMeta Metadata { get; set; } = new();

        public required TSpec Spec { get; set; }
    }

    internal sealed class Gateway : Custom<GatewaySpec>;

    internal sealed record GatewaySpec
    {
        public string GatewayClassName { get; set; } = "";

        public List<Listener> Listeners { get; set; } = [];
    }

    internal sealed record Listener
    {
        public string Name { get; set; } = "";

        public string Hostname { get; set; } = "";

        public int Port { get; set; }

        public string Protocol { get; set; } = "";

        public ListenerTls Tls { get; set; } = new();
    }

    internal sealed record ListenerTls
    {
        public string Mode { get; set; } = "";

        public List<Reference> CertificateRefs { get; set; } = [];
    }

    internal sealed record Reference
    {
        public string Name { get; set; } = "";

        public int? Port { get; set; }
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

    internal sealed class ScaledObject : Custom<ScaledObjectSpec>;

    internal sealed record ScaledObjectSpec
    {
        public Reference ScaleTargetRef { get; set; } = new();

        public int MinReplicaCount { get; set; }

        public int MaxReplicaCount { get; set; }

        public int PollingInterval { get; set; }

        public int CooldownPeriod { get; set; }

        public List<Trigger> Triggers { get; set; } = [];
    }

    internal sealed record Trigger
    {
        public string Type { get; set; } = "";

        public string? MetricType { get; set; }

        public Dictionary<string, string> Metadata { get; set; } = [];

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
