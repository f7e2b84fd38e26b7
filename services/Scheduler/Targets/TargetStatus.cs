namespace Skypunch.Scheduler.Targets;

/// <summary>What the probes of a target have found. Stored in capitals, as in 2013.</summary>
internal enum TargetStatus
{
    /// <summary>Not probed yet, or too few failures so far to be sure.</summary>
    New,

    /// <summary>It does what is expected of it.</summary>
    Pass,

    /// <summary>It does not.</summary>
    Fail,
}
