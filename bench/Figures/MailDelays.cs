using Skypunch.Bench.MailSink;
using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Figures;

/// <summary>How long it took from the first answer that told of a change to the acceptance of the mail about it.</summary>
/// <param name="Expected">Targets that changed.</param>
/// <param name="Mailed">Targets of which a mail came.</param>
/// <param name="Delay">From the answer to the acceptance.</param>
internal sealed record MailDelays(int Expected, int Mailed, Distribution Delay)
{
    /// <summary>Compares answers and mails.</summary>
    /// <param name="ids">The targets that changed.</param>
    /// <param name="toFailure">Whether they failed, or recovered.</param>
    /// <param name="since">When the change was ordered.</param>
    /// <param name="arrivals">All requests.</param>
    /// <param name="mails">All mails.</param>
    public static MailDelays Of(
        IReadOnlyCollection<int> ids,
        bool toFailure,
        DateTimeOffset since,
        IEnumerable<Arrival> arrivals,
        IEnumerable<AcceptedMail> mails)
    {
        var answers = FirstPerTarget(arrivals.Where(arrival => arrival.At >= since && arrival.Failed == toFailure).Select(a => (a.TargetId, a.At)));
        var accepted = FirstPerTarget(mails.Where(mail => mail.At >= since).Select(mail => (mail.TargetId, mail.At)));
        var both = ids.Where(id => answers.ContainsKey(id) && accepted.ContainsKey(id)).ToList();
        return new MailDelays(ids.Count, both.Count, Distribution.Of(both.Select(id => accepted[id] - answers[id])));
    }

    private static Dictionary<int, DateTimeOffset> FirstPerTarget(IEnumerable<(int Id, DateTimeOffset At)> events)
    {
        var first = new Dictionary<int, DateTimeOffset>();
        foreach (var (id, at) in events)
        {
            first.TryAdd(id, at);
        }

        return first;
    }
}
