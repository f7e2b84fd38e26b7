using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Skypunch.UnitTests.Deployment;

/// <summary>A Deployment or StatefulSet: its name, the labels of its pod, and the pod.</summary>
internal sealed record Workload(string Name, IDictionary<string, string> Labels, V1PodSpec Pod);

/// <summary>
/// The objects that <c>kubectl apply -k</c> would send for a folder of <c>k8s/</c>. Each is loaded strictly: an unknown field is an error.
/// The secrets, which are not in the repository, are made up.
/// </summary>
internal sealed partial class Manifests
{
    // Several tests look at the same system, and each is built by a process of its own.
    private static readonly ConcurrentDictionary<string, Lazy<string>> Built = new();

    private readonly List<IKubernetesObject<V1ObjectMeta>> _objects;

    private Manifests(List<IKubernetesObject<V1ObjectMeta>> objects) => _objects = objects;

    public IEnumerable<IKubernetesObject<V1ObjectMeta>> All => _objects;

    public IEnumerable<T> Of<T>() => _objects.OfType<T>();

    public T Named<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta>
        => Assert.Single(Of<T>(), o => o.Metadata.Name == name);

    /// <summary>All Deployments and StatefulSets.</summary>
    public IEnumerable<Workload> Workloads
        => Of<V1Deployment>().Select(d => new Workload(d.Metadata.Name, d.Spec.Template.Metadata.Labels, d.Spec.Template.Spec))
            .Concat(Of<V1StatefulSet>().Select(s => new Workload(s.Metadata.Name, s.Spec.Template.Metadata.Labels, s.Spec.Template.Spec)))
            .Concat(Of<V1Job>().Select(j => new Workload(j.Metadata.Name, j.Spec.Template.Metadata.Labels, j.Spec.Template.Spec)));

    /// <summary>
    /// Builds an overlay, with additional components if any are named. "chart/NAME" renders the Helm chart with its values for NAME
    /// instead.
    /// </summary>
    public static Manifests Build(string overlay, params string[] components)
        => Of(Built.GetOrAdd(string.Join(' ', [overlay, .. components]), _ => new Lazy<string>(() => Yaml(overlay, components))).Value);

    private static string Yaml(string overlay, string[] components)
    {
        if (overlay.Split('/') is ["chart", var values])
        {
            return Chart.Render(Chart.PathOf($"ci/{values}-values.yaml"));
        }

        using var copy = new Standalone.TempFolder();
        CopyFolder(Sources.PathOf("k8s"), copy.In("k8s"));
        var folder = copy.In($"k8s/overlays/{overlay}");
        if (components.Length > 0)
        {
            AddComponents(Path.Combine(folder, "kustomization.yaml"), components);
        }

        return Kustomize(folder);
    }

    /// <summary>Loads the objects of a YAML text.</summary>
    public static Manifests Of(string yaml)
        => new([.. KubernetesYaml.LoadAllFromString(yaml, CustomResources.Types, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()]);

    /// <summary>The keys of a Secret: either these objects define it, or the documentation does.</summary>
    public IReadOnlyCollection<string> KeysOf(string secret)
        => Of<V1Secret>().SingleOrDefault(s => s.Metadata.Name == secret)?.Data.Keys.ToList() ?? DocumentedSecrets.Keys(secret);

    // A user adds components to the overlay itself, so that the overlay's images and names of secrets apply to them, too.
    private static void AddComponents(string kustomization, string[] components)
    {
        const string Heading = "components:\n";
        var text = File.ReadAllText(kustomization);
        var lines = Heading + string.Concat(components.Select(component => $"  - ../../components/{component}\n"));
        File.WriteAllText(kustomization, text.Contains(Heading, StringComparison.Ordinal) ? text.Replace(Heading, lines, StringComparison.Ordinal) : text + lines);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/secrets/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            foreach (Match secret in SecretFile().Matches(File.ReadAllText(file)))
            {
                var path = Path.Combine(Path.GetDirectoryName(copy)!, secret.Value);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "made up");
            }
        }
    }

    private static string Kustomize(string folder)
    {
        var run = Command.Run("kubectl", "kustomize", folder) ?? Command.Run("kustomize", "build", folder) ?? Command.Missing("There is neither kubectl nor kustomize on this machine.");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", run.Error); // "clean": no warning of a deprecated field either
        return run.Output;
    }

    [GeneratedRegex(@"(?<=^\s*- |files: \[)secrets/[\w.-]+", RegexOptions.Multiline)]
    private static partial Regex SecretFile();
}
