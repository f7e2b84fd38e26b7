namespace Skypunch.Scheduler.Model;

/// <summary>What the probes of a target have found. It is stored in capitals, as in the Skypunch of 2013.</summary>
internal enum TargetStatus
{
    /// <summary>The target was not probed yet, or has had only failures, and too few of them to be FAIL.</summary>
    New,

    /// <summary>The target does what is expected of it.</summary>
    Pass,

    /// <summary>The target does not do what is expected of it.</summary>
    Fail,
}
