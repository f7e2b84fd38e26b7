namespace Skypunch.Contracts;

/// <summary>How the Probers are, by their signs of life. Travels with jobs while one of them is cut off from its network: what the others see is what that one can judge itself by.</summary>
/// <param name="Alive">How many there are.</param>
/// <param name="CutOff">The names of those that are cut off, by their own judgement.</param>
public sealed record ProberFleet(int Alive, IReadOnlyList<string> CutOff)
{
    /// <summary>Whether there is another Prober than this one that is not cut off.</summary>
    public bool IsAnotherWell(string prober) => Alive > CutOff.Count + (CutOff.Contains(prober) ? 0 : 1);

    /// <summary>Whether there are others than this one, and all of them are cut off.</summary>
    public bool AreOthersCutOff(string prober) => !IsAnotherWell(prober) && CutOff.Any(name => name != prober);
}
