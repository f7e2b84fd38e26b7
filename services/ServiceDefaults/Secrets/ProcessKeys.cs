using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Compares the keys that a process is given with the keys that its parts need. The process must have these, and should have no others.
/// </summary>
internal sealed class ProcessKeys(SecretBox box)
{
    private readonly HashSet<SecretPurpose> _needed = [];

    /// <summary>The purposes whose keys the process has, but does not need.</summary>
    public IReadOnlyList<string> Unneeded
        => [.. Enum.GetValues<SecretPurpose>().Where(purpose => box.Has(purpose) && !_needed.Contains(purpose)).Select(SecretPlace.NameOf)];

    /// <summary>Notes that a part of the process needs the keys of these purposes.</summary>
    /// <exception cref="StartupException">The process does not have one of them.</exception>
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
