namespace Skypunch.IntegrationTests.Distributed;

/// <summary>
/// The tests of the services as processes. They run one after the other, with nothing beside them: targets with a timeout of a second fail for real on a
/// machine that has no time for them.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
