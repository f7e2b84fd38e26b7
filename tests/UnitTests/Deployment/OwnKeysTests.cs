using System.Diagnostics;
using k8s.Models;
using Skypunch.ServiceDefaults.Secrets;
using Skypunch.UnitTests.Standalone;

namespace Skypunch.UnitTests.Deployment;

/// <summary>Each service gets only the keys for its own purposes, in every kind of deployment.</summary>
public sealed class OwnKeysTests
{
    private static readonly SecretPlace[] Places =
    [
        SecretPlace.InRow(SecretPurpose.Targets, "authn_parms", 1),
        SecretPlace.InRow(SecretPurpose.Notifiers, "params", 1),
        SecretPlace.InJob("authn_parms", 1, DateTimeOffset.UnixEpoch, "http://localhost/"),
    ];

    public static TheoryData<string, SecretPurpose[]> Services => new()
    {
        { "scheduler", [SecretPurpose.Targets, SecretPurpose.Jobs] },
        { "prober", [SecretPurpose.Jobs] },
        { "notifier", [SecretPurpose.Notifiers] },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void What_make_secrets_makes_for_a_service_are_its_own_keys_and_those_of_the_single_one(string service, SecretPurpose[] purposes)
    {
        using var folder = new TempFolder();
        MakeSecrets(folder.In("secrets"));

        var all = Read(folder, "Secrets__Key");
        var own = Read(folder, $"key-{service}");

        Assert.Equal(purposes, Enum.GetValues<SecretPurpose>().Where(own.Has));
        Assert.All(Places, place =>
        {
            var sealedText = all.Seal(place, "s3cr3t");
            if (purposes.Contains(place.Purpose))
            {
                Assert.Equal("s3cr3t", own.Open(place, sealedText));
            }
            else
            {
                Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => own.Open(place, sealedText));
            }
        });
    }

    [Fact]
    public void An_existing_system_keeps_its_single_key_until_its_services_get_their_own()
    {
        using var folder = new TempFolder();
        var secrets = folder.In("secrets");
        Directory.CreateDirectory(secrets);
        var single = Convert.ToBase64String(new byte[SecretKeys.Bytes]);
        File.WriteAllText(Path.Combine(secrets, "Secrets__Key"), single);

        MakeSecrets(secrets);
        var before = File.ReadAllText(Path.Combine(secrets, "key-prober"));
        MakeSecrets("--own-keys", secrets);

        Assert.Equal(single, before);
        Assert.Equal(single, File.ReadAllText(Path.Combine(secrets, "Secrets__Key")));
        Assert.StartsWith("jobs:", File.ReadAllText(Path.Combine(secrets, "key-prober")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("production")]
    [InlineData("chart/production")]
    public void In_a_cluster_no_pod_has_the_single_key_or_another_services(string overlay)
    {
        var manifests = Manifests.Build(overlay);

        foreach (var workload in manifests.Workloads)
        {
            var keys = (workload.Pod.Volumes ?? []).SelectMany(volume => volume.Secret?.Items ?? []).Where(item => IsKey(item.Key) || IsKey(item.Path)).ToList();
            Assert.Equal(Services.Any(row => row.Data.Item1 == workload.Name) ? [($"key-{workload.Name}", "Secrets__Key")] : [], keys.Select(item => (item.Key, item.Path)));
        }

        Assert.DoesNotContain("Secrets__Key", manifests.Of<V1Secret>().SelectMany(secret => secret.Data.Keys));
    }

    [Fact]
    public void In_compose_no_container_has_the_single_key_or_another_services()
    {
        var compose = Sources.Read("docker-compose.yml");
        var sections = compose.Split("\n\n").Where(text => text.Contains("Secrets__Key }", StringComparison.Ordinal)).ToList();

        Assert.Equal(["scheduler", "prober", "notifier"], sections.Select(section => section.Trim().Split(':')[0]));
        Assert.All(sections, section =>
        {
            var keys = section.Split('\n').Where(line => line.Contains("source: key", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
            Assert.Equal([$"- {{ source: key-{section.Trim().Split(':')[0]}, target: /run/secrets/skypunch/Secrets__Key }}"], keys);
        });
        Assert.All(["scheduler", "prober", "notifier"], name => Assert.Contains($"key-{name}: {{ file: \"${{SKYPUNCH_SECRETS:-./secrets}}/key-{name}\" }}", compose));
        Assert.DoesNotContain("/Secrets__Key\"", compose);
    }

    [Fact]
    public void A_folder_that_was_there_and_open_is_closed()
    {
        using var folder = new TempFolder();
        var secrets = folder.In("secrets");
        using (var mkdir = Process.Start("mkdir", ["-m", "755", secrets]))
        {
            mkdir.WaitForExit();
        }

        MakeSecrets(secrets);

        Assert.Equal(TempFolder.OwnerFolder, TempFolder.Mode(secrets));
    }

    private static bool IsKey(string name) => name == "Secrets__Key" || name.StartsWith("key-", StringComparison.Ordinal);

    private static SecretBox Read(TempFolder folder, string name)
    {
        Assert.True(SecretKeys.TryParse(File.ReadAllText(folder.In($"secrets/{name}")), out var keys));
        return new SecretBox(keys);
    }

    private static void MakeSecrets(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", [Sources.PathOf("deploy/make-secrets"), .. arguments]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
