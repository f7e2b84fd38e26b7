namespace Skypunch.IntegrationTests.Distributed;

/// <summary>
/// The tests of the services as processes. They run one after the other with nothing beside them: on a busy machine, targets with a timeout
/// of one second would really fail.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
