using Skypunch.Contracts;
using Skypunch.Contracts.Texts;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.Prober.Probing;

/// <summary>A job's secrets, which open for its target, its slot and its URL only.</summary>
internal static class JobSecrets
{
    /// <summary>Opens a secret of a job; empty where there is none.</summary>
    /// <param name="box">Opens secrets.</param>
    /// <param name="job">The job.</param>
    /// <param name="name">Which of its secrets it is: one of <see cref="SecretNames"/>.</param>
    /// <param name="sealedText">The secret.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The secret was sealed with another key or for another job,
    /// which is our own fault.</exception>
    public static string OpenOf(this SecretBox box, ProbeJob job, string name, string? sealedText)
        => string.IsNullOrEmpty(sealedText) ? "" : box.Open(SecretPlace.InJob(name, job.TargetId, job.Slot, job.Url), sealedText);
}
