namespace Skypunch.IntegrationTests.Deployment;

/// <summary>
/// The tests of the deployment. They build and start many things, so they run one by one, after the tests that measure times.
/// </summary>
[CollectionDefinition(nameof(Deployed), DisableParallelization = true)]
public sealed class Deployed;
