using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>A fault of a soak, from its begin to its end.</summary>
/// <param name="Name">What happens, for the log of the soak.</param>
/// <param name="MakeAsync">Makes the fault, on a random part.</param>
/// <param name="KillsSenders">Whether the fault may kill a process that sends mails.</param>
internal sealed record SoakFault(string Name, Func<SoakGround, Task> MakeAsync, bool KillsSenders = false);

/// <summary>What a fault acts on.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Mail">The mail server.</param>
internal sealed record SoakGround(Trial Trial, ScriptedMail Mail)
{
    public ServicesSystem Services => (ServicesSystem)Trial.System;

    /// <summary>A random process of the system.</summary>
    public ServiceProcess AnyPart() => Any(Trial.System.Parts);

    public T Any<T>(IReadOnlyList<T> some) => some[Trial.Random.Next(some.Count)];

    /// <summary>Waits for one to four seconds.</summary>
    public Task PassAsync() => Budget.PassAsync(TimeSpan.FromSeconds(1 + (3 * Trial.Random.NextDouble())));
}
