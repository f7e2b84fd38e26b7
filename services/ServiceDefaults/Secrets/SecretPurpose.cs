namespace Skypunch.ServiceDefaults.Secrets;

/// <summary>What secrets are sealed for. Each purpose has a key of its own, and a process is given the keys of what it seals or opens.</summary>
public enum SecretPurpose
{
    /// <summary>The secrets in the table of the targets: the Scheduler's.</summary>
    Targets,

    /// <summary>The secrets in the table of the notifiers: the Notifier's.</summary>
    Notifiers,

    /// <summary>The secrets in jobs on the bus: the Scheduler seals them, the Prober opens them.</summary>
    Jobs,
}
