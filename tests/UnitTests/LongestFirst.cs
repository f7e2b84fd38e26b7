using Skypunch.UnitTests.Architecture;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Scheduler;
using Skypunch.UnitTests.Standalone;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Skypunch.UnitTests.LongestFirst))]

namespace Skypunch.UnitTests;

/// <summary>Begins with the classes that take longest, as they start processes or wait for real time: none of them is to be left alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(DaemonTests), nameof(NotProbedWayTests), nameof(TargetClaimerTests), nameof(LayersTests), nameof(PoisonTests), nameof(NotifierForwardingTests), nameof(BadRowTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains($".{name}", StringComparison.Ordinal)) is >= 0 and var at
            ? at
            : Longest.Length)];
}
