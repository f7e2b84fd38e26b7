using BenchmarkDotNet.Attributes;
using Skypunch.Prober.Probing;

namespace Skypunch.Bench.Micro;

/// <summary>
/// The trace of a probe that passes: its marks alone, which every probe pays for, and with its texts, which only a failure, a change or a
/// test does.
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
