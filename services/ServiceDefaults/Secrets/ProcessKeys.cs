using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// Compares the keys that a process is given with the keys that its parts need. The process must have these, and should have no others.
/// </summary>
/// <param name="box">The keys that the process is given; null: none, as the page, which keeps no secrets.</param>
internal sealed class ProcessKeys(SecretBox? box)
{
    private readonly HashSet<SecretPurpose> _needed = [];

    /// <summary>The purposes whose keys the process has, but does not need.</summary>
    public IReadOnlyList<string> Unneeded
        => [.. Enum.GetValues<SecretPurpose>().Where(purpose => box?.Has(purpose) == true && !_needed.Contains(purpose)).Select(SecretPlace.NameOf)];

    /// <summary>Notes that a part of the process needs the keys of these purposes.</summary>
    /// <exception cref="StartupException">The process does not have one of them, or no keys at all.</exception>
    public void Need(IReadOnlyCollection<SecretPurpose> purposes)
    {
        _needed.UnionWith(purposes);
        if (box is null)
        {
            throw new StartupException(
                "Secrets:Key or Secrets:KeyFile must give the keys that seal credentials, which deploy/make-secrets makes, or a single one: 32 bytes in base64, such as "
                + "'openssl rand -base64 32' prints.");
        }

        var missing = purposes.Where(purpose => !box.Has(purpose)).Select(SecretPlace.NameOf).ToList();
        if (missing.Count > 0)
        {
            throw new StartupException(
                $"Secrets:Key lacks the key for {string.Join(" and ", missing)}: each service has a list of keys of its own, which deploy/make-secrets makes.");
        }
    }
}
