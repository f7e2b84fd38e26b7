using Skypunch.Contracts;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// Some of the targets that passed when they were last probed, by any Prober. While this Prober's network works, one of them takes a
/// connection. So a Prober has references without being given any. A target whose URL is known only after a login, or that is reached
/// through a proxy, is no reference.
/// </summary>
internal sealed class PassingTargets
{
    /// <summary>
    /// How many other targets there must be. Where only a few targets fail together, their failures tell an operator as much as a notice
    /// would.
    /// </summary>
    public const int FewestOthers = 4;

    private const int MostAsked = 8;
    private const int Places = 61;

    private readonly ProbeJob?[] _places = new ProbeJob?[Places];

    /// <summary>Notes a target that is about to be probed. Its job tells how the last probe ended.</summary>
    public void Note(ProbeJob job)
    {
        ref var place = ref _places[(int)((ulong)job.TargetId % Places)];
        if (job is { IsFailing: false, TraceOnPass: false, Catalog: null, SealedProxy: null })
        {
            place = job;
        }
        else if (place?.TargetId == job.TargetId)
        {
            place = null;
        }
    }

    /// <summary>
    /// Notes a target that has just passed, where its job does not say so of the probe before. So this Prober knows it before the next job
    /// says so.
    /// </summary>
    public void NotePass(ProbeJob job)
    {
        if (job is { IsFailing: true } or { TraceOnPass: true } && job is { Catalog: null, SealedProxy: null })
        {
            _places[(int)((ulong)job.TargetId % Places)] = job;
        }
    }

    /// <summary>Whether enough other targets passed.</summary>
    public bool AreBeside(ProbeJob job) => _places.Count(other => other is not null && other.TargetId != job.TargetId) >= FewestOthers;

    /// <summary>The addresses of some of these targets, chosen at random where there are many.</summary>
    public IReadOnlyList<(string Host, int Port)> Some()
    {
        var all = _places.Select(job => job is not null && Uri.TryCreate(job.Url, UriKind.Absolute, out var url) ? url : null).OfType<Uri>()
            .Select(url => (url.IdnHost, url.Port)).Distinct().ToArray();
        Random.Shared.Shuffle(all);
        return all[..Math.Min(all.Length, MostAsked)];
    }
}
