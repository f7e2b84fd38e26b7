using Skypunch.Faults.Ground;

namespace Skypunch.Faults.Soak;

/// <summary>A fault that a soak makes, from its begin to its end.</summary>
/// <param name="Name">What happens, for the log of the soak.</param>
/// <param name="MakeAsync">Makes it, on a part that was chosen by chance.</param>
/// <param name="KillsSenders">Whether senders of mails may be killed by it.</param>
internal sealed record SoakFault(string Name, Func<SoakGround, Task> MakeAsync, bool KillsSenders = false);

/// <summary>Where faults are made.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Mail">The mail server.</param>
internal sealed record SoakGround(Trial Trial, ScriptedMail Mail)
{
    public ServicesSystem Services => (ServicesSystem)Trial.System;

    /// <summary>A part that was chosen by chance.</summary>
    public ServiceProcess AnyPart() => Any(Trial.System.Parts);

    public T Any<T>(IReadOnlyList<T> some) => some[Trial.Random.Next(some.Count)];

    /// <summary>A span of one to four seconds.</summary>
    public Task PassAsync() => Budget.PassAsync(TimeSpan.FromSeconds(1 + (3 * Trial.Random.NextDouble())));
}
