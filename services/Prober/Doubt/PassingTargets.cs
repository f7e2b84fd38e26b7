using Skypunch.Contracts;

namespace Skypunch.Prober.Doubt;

/// <summary>
/// Some of the targets that passed when they were last probed, by whichever Prober: while this one's network is well, one of them takes a connection. So a Prober has
/// references without being given any. A target whose URL is known only after a login, or that is reached through a proxy, is none.
/// </summary>
internal sealed class PassingTargets
{
    /// <summary>How many others there must be. Where few targets fail together, their own failures tell an operator as much as a notice would.</summary>
    public const int FewestOthers = 4;

    private const int MostAsked = 8;
    private const int Places = 61;

    private readonly ProbeJob?[] _places = new ProbeJob?[Places];

    /// <summary>A target is about to be probed: its job tells how the last probe ended.</summary>
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

    /// <summary>Whether enough targets passed beside this one.</summary>
    public bool AreBeside(ProbeJob job) => _places.Count(other => other is not null && other.TargetId != job.TargetId) >= FewestOthers;

    /// <summary>The addresses of some of them, other ones each time where there are many.</summary>
    public IReadOnlyList<(string Host, int Port)> Some()
    {
        var all = _places.Select(job => job is not null && Uri.TryCreate(job.Url, UriKind.Absolute, out var url) ? url : null).OfType<Uri>()
            .Select(url => (url.IdnHost, url.Port)).Distinct().ToArray();
        Random.Shared.Shuffle(all);
        return all[..Math.Min(all.Length, MostAsked)];
    }
}
