using BenchmarkDotNet.Attributes;
using Skypunch.Prober.Tracing;

namespace Skypunch.Bench.Micro;

/// <summary>
/// The trace of a passing probe: the marks alone, which every probe records, and the marks with their texts, which only a failure, a change
/// or a test writes.
/// </summary>
public class TraceBenchmarks
{
    private readonly SecretMask _mask = new();
    private ProbeTrace? _last;

    [Benchmark]
    public object Marks() => _last = PassingTrace.Build();

    [Benchmark]
    public object MarksAndTexts() => (_last = PassingTrace.Build()).Write(_mask);
}
