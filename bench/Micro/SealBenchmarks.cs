using BenchmarkDotNet.Attributes;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Bench.Micro;

/// <summary>
/// What a secret costs a probe: the claim opens the stored secret and seals it for the job; the Prober opens the job's secret.
/// </summary>
public class SealBenchmarks
{
    private static readonly SecretPlace InRow = SecretPlace.InRow(SecretPurpose.Targets, SecretNames.Authn, 17);

    private readonly SecretBox _box = new(new byte[SecretKeys.Bytes]);
    private string _stored = "";
    private string _travelling = "";

    /// <summary>The length of the secret.</summary>
    [Params(40, 4000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Seal()
    {
        _stored = _box.Seal(InRow, new string('x', Length));
        _travelling = Claim();
    }

    [Benchmark]
    public string Claim() => _box.Seal(InJob(), _box.Open(InRow, _stored));

    [Benchmark]
    public string Probe() => _box.Open(InJob(), _travelling);

    private static SecretPlace InJob() => SecretPlace.InJob(SecretNames.Authn, 17, SampleJobs.Noon, "https://shop.example.com/health");
}
