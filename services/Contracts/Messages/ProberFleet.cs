namespace Skypunch.Contracts;

/// <summary>
/// How many Probers are alive and which are cut off, by their signs of life. It is sent with jobs while a Prober is cut off from its
/// network, so that each Prober knows whether others are cut off, too.
/// </summary>
/// <param name="Alive">How many Probers are alive.</param>
/// <param name="CutOff">The names of the Probers that are cut off, by their own judgement.</param>
public sealed record ProberFleet(int Alive, IReadOnlyList<string> CutOff)
{
    /// <summary>Whether there is another Prober that is not cut off.</summary>
    public bool IsAnotherWell(string prober) => Alive > CutOff.Count + (CutOff.Contains(prober) ? 0 : 1);

    /// <summary>Whether there are other Probers, and all of them are cut off.</summary>
    public bool AreOthersCutOff(string prober) => !IsAnotherWell(prober) && CutOff.Any(name => name != prober);
}
