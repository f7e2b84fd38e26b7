using Skypunch.Faults.Ground;
using Xunit.Sdk;
using Xunit.v3;

// One after the other, with nothing beside them: the machine's time is what a fault takes away.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Grounds))]
