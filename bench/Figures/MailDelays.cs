using Skypunch.Bench.MailSink;
using Skypunch.Bench.WebServer;

namespace Skypunch.Bench.Figures;

/// <summary>How long it took from the first answer that showed a change until the mail sink accepted the mail about it.</summary>
/// <param name="Expected">The number of targets that changed.</param>
/// <param name="Mailed">The number of those targets for which a mail came.</param>
/// <param name="Delay">The time from the answer to the acceptance of the mail.</param>
internal sealed record MailDelays(int Expected, int Mailed, Distribution Delay)
{
    /// <summary>Compares the answers of the web server with the mails.</summary>
    /// <param name="ids">The targets that changed.</param>
    /// <param name="toFailure">True if the targets failed, false if they recovered.</param>
    /// <param name="since">When the bench ordered the change.</param>
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
