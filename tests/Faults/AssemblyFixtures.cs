using Skypunch.Faults.Ground;
using Xunit.Sdk;
using Xunit.v3;

// Two lanes run side by side. In each lane one fault comes after the other, so that a fault hits one system while the other has the
// machine's time.
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 2)]

namespace Skypunch.Faults;

/// <summary>The lane of the tests on the services. Its classes share the systems that <see cref="Grounds"/> has started.</summary>
[CollectionDefinition(nameof(OnServices))]
public sealed class OnServices : ICollectionFixture<Grounds>;

/// <summary>The lane of the tests on <c>skypunchd</c>.</summary>
[CollectionDefinition(nameof(OnDaemon))]
public sealed class OnDaemon : ICollectionFixture<Grounds>;
