using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// Converts objects to texts that can be compared, without the differences between Kustomize and Helm: Kustomize appends a hash to the name
/// of a ConfigMap, creates the namespace and applies its policies to everything in it; Helm adds its own labels and annotations.
/// </summary>
internal static partial class ComparedObjects
{
    private static readonly string[] HelmsLabels = ["app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"];
    private static readonly string[] HelmsAnnotations = ["helm.sh/hook", "helm.sh/hook-delete-policy", "checksum/settings"];

    public static SortedDictionary<string, string> Of(Manifests manifests)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in manifests.All.Where(o => o is not V1Namespace))
        {
            Normalize(one.Metadata);
            switch (one)
            {
                case V1Deployment deployment:
                    Normalize(deployment.Spec.Template);
                    break;
                case V1Job job:
                    Normalize(job.Spec.Template);
                    break;
                case V1NetworkPolicy { Metadata.Name: "default-deny" or "names" } policy:
                    policy.Spec.PodSelector = new V1LabelSelector(); // k8s/ selects every pod of the namespace, the chart only its own pods
                    break;
            }

            texts.Add($"{one.Kind}/{one.Metadata.Name}", KubernetesYaml.Serialize(one));
        }

        return texts;
    }

    private static void Normalize(V1PodTemplateSpec template)
    {
        Normalize(template.Metadata);
        var pod = template.Spec;
        pod.Volumes = [.. pod.Volumes.OrderBy(volume => volume.Name)];
        foreach (var volume in pod.Volumes.Where(volume => volume.Secret?.Items is not null))
        {
            volume.Secret.Items = [.. volume.Secret.Items.OrderBy(item => item.Key)];
        }

        foreach (var container in pod.Containers)
        {
            container.Env = container.Env is null ? null : [.. container.Env.OrderBy(variable => variable.Name)];
            container.VolumeMounts = [.. container.VolumeMounts.OrderBy(mount => mount.MountPath)];
            foreach (var source in container.EnvFrom ?? [])
            {
                source.ConfigMapRef.Name = WithoutHash(source.ConfigMapRef.Name);
            }
        }
    }

    private static void Normalize(V1ObjectMeta metadata)
    {
        metadata.Name = metadata.Name is null ? null : WithoutHash(metadata.Name);
        metadata.Labels = Without(metadata.Labels, HelmsLabels);
        metadata.Annotations = Without(metadata.Annotations, HelmsAnnotations);
    }

    private static SortedDictionary<string, string>? Without(IDictionary<string, string>? pairs, string[] names)
    {
        var rest = (pairs ?? new Dictionary<string, string>()).Where(pair => !names.Contains(pair.Key)).ToDictionary();
        return rest.Count == 0 ? null : new(rest, StringComparer.Ordinal);
    }

    private static string WithoutHash(string name) => Hash().Replace(name, "");

    [GeneratedRegex("(?<=^skypunch)-[a-z0-9]{10}$")]
    private static partial Regex Hash();
}
