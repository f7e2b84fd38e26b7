namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>
/// What secrets are sealed for. Each purpose has a key of its own, and a process is given the keys of the purposes for which it seals or
/// opens secrets.
/// </summary>
public enum SecretPurpose
{
    /// <summary>The secrets in the table of targets. The Scheduler seals and opens them.</summary>
    Targets,

    /// <summary>The secrets in the table of notifiers. The Notifier seals and opens them.</summary>
    Notifiers,

    /// <summary>The secrets in jobs on the bus: the Scheduler seals them, the Prober opens them.</summary>
    Jobs,
}
