using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>Holds what the parts of a process need against the keys that it is given: it must have those, and should have no others.</summary>
internal sealed class ProcessKeys(SecretBox box)
{
    private readonly HashSet<SecretPurpose> _needed = [];

    /// <summary>The purposes whose keys the process has, but does not need.</summary>
    public IReadOnlyList<string> Unneeded
        => [.. Enum.GetValues<SecretPurpose>().Where(purpose => box.Has(purpose) && !_needed.Contains(purpose)).Select(SecretPlace.NameOf)];

    /// <summary>A part needs these.</summary>
    /// <exception cref="StartupException">The process does not have them.</exception>
    public void Need(IReadOnlyCollection<SecretPurpose> purposes)
    {
        _needed.UnionWith(purposes);
        var missing = purposes.Where(purpose => !box.Has(purpose)).Select(SecretPlace.NameOf).ToList();
        if (missing.Count > 0)
        {
            throw new StartupException(
                $"Secrets:Key lacks the key for {string.Join(" and ", missing)}: each service has a list of keys of its own, which deploy/make-secrets makes.");
        }
    }
}
