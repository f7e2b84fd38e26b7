namespace Skypunch.IntegrationTests.Deployment;

/// <summary>The tests of how Skypunch is deployed. They build and start much, so that they run after the tests that measure times, one by one.</summary>
[CollectionDefinition(nameof(Deployed), DisableParallelization = true)]
public sealed class Deployed;
