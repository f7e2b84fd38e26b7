namespace Skypunch.Faults.Ground;

/// <summary>Compares the counts of the web server, the store, the history and the mail server. Pure.</summary>
internal static class Reconciliation
{
    /// <summary>
    /// All differences that the allowance does not cover, each as a sentence. If there are none, nothing was lost and nothing was recorded
    /// falsely.
    /// </summary>
    public static IEnumerable<string> Faults(Accounts accounts, Allowance allowance) =>
    [
        .. accounts.Targets.SelectMany(target => OfProbes(target, allowance)),
        .. accounts.Targets.SelectMany(OfEdges),
        .. accounts.Targets.SelectMany(OfHistory),
        .. accounts.Targets.SelectMany(OfIncidents),
        .. accounts.Notifiers.SelectMany(notifier => OfDeliveries(notifier, accounts, allowance)),
        .. accounts.Notifiers.SelectMany(notifier => OfMails(notifier, accounts)),
        .. OfDoubledMails(accounts, allowance),
    ];

    private static IEnumerable<string> OfProbes(TargetAccount account, Allowance allowance)
    {
        var (name, page) = (account.Target.Name, account.Target.Page);
        var untold = page.Asked - account.Pass - account.Fail;
        if (account.NetworkFails > 0)
        {
            yield return $"{name}: {account.NetworkFails} probes failed without an answer, but the web server has answered every request.";
        }

        if (account.Pass > page.Passed || account.Fail > page.Failed)
        {
            yield return $"{name}: the store counted {account.Pass} passes and {account.Fail} failures; the web server answered 200 {page.Passed} times and 503 {page.Failed} times.";
        }

        if (untold > 2 * allowance.Strikes)
        {
            yield return $"{name}: the web server got {page.Asked} requests, of which {untold} are not in the store ({account.Pass} passes, {account.Fail} failures, {account.Missed} missed).";
        }

        if (page.Crowded > allowance.Strikes + allowance.Handovers)
        {
            yield return $"{name}: {page.Crowded} requests came too soon after the one before.";
        }

        if (page.Bunched > allowance.Strikes)
        {
            yield return $"{name}: {page.Bunched} requests came too soon after one that had come too soon.";
        }
    }

    private static IEnumerable<string> OfEdges(TargetAccount account)
    {
        var expected = Enumerable.Range(0, account.Target.Downs).SelectMany(_ => (string[])["FAIL", "PASS"]);
        if (!account.Edges.SequenceEqual(expected))
        {
            yield return $"{account.Target.Name}: was down {account.Target.Downs} times; its edges are {string.Join(' ', account.Edges)}.";
        }
    }

    // Nothing that breaks explains a difference: the history is written with the counters.
    private static IEnumerable<string> OfHistory(TargetAccount account)
    {
        var (name, history) = (account.Target.Name, account.History);
        if ((history.Passes, history.Fails) != (account.Pass, account.Fail))
        {
            yield return $"{name}: the counters have {account.Pass} passes and {account.Fail} failures; the hours have {history.Passes} and {history.Fails}.";
        }

        if ((history.KeptPasses, history.KeptFails) != (account.Pass, account.Fail))
        {
            yield return $"{name}: the counters have {account.Pass} passes and {account.Fail} failures; of the results one by one there are {history.KeptPasses} and {history.KeptFails}.";
        }

        if (history.Missed != account.Missed && !(history.IsBehind && history.Missed < account.Missed))
        {
            yield return $"{name}: the counter has {account.Missed} missed slots; the hours have {history.Missed}.";
        }

        if (history.ImpossibleHours > 0)
        {
            yield return $"{name}: more time is covered than there is, in {history.ImpossibleHours} hours.";
        }
    }

    // Each incident is opened by the edge to FAIL and closed by the edge to PASS after it.
    private static IEnumerable<string> OfIncidents(TargetAccount account)
    {
        var incidents = account.History.Incidents;
        if (!incidents.SelectMany(incident => (string[])[incident.OpenedBy, incident.ClosedBy]).SequenceEqual(account.ChangeIds))
        {
            yield return $"{account.Target.Name}: its changes are {string.Join(' ', account.ChangeIds)}; its incidents are {string.Join(' ', incidents.Select(i => $"{i.OpenedBy}-{i.ClosedBy}"))}.";
        }

        if (incidents.Any(incident => !incident.IsInOrder))
        {
            yield return $"{account.Target.Name}: of {incidents.Count} incidents {incidents.Count(incident => !incident.IsInOrder)} did not end after they began.";
        }
    }

    private static IEnumerable<string> OfDeliveries(NotifierAccount notifier, Accounts accounts, Allowance allowance)
    {
        var own = accounts.Deliveries.Where(delivery => delivery.NotifierId == notifier.Id).ToLookup(delivery => delivery.TargetId);
        foreach (var (target, edges) in accounts.Targets.Select(account => (account.Target, account.Edges.Count)))
        {
            if (own[target.Id].Count() != edges || own[target.Id].Any(delivery => delivery.State != allowance.DeliveryState))
            {
                yield return $"{target.Name}: {edges} edges, and the deliveries to notifier {notifier.Id} are {string.Join(' ', own[target.Id].Select(delivery => delivery.State))}.";
            }
        }
    }

    // The first copy of each mail, in the order of the edges. A digest tells of many targets.
    private static IEnumerable<string> OfMails(NotifierAccount notifier, Accounts accounts)
    {
        var delivered = accounts.Deliveries.Where(delivery => delivery.NotifierId == notifier.Id && delivery.State == "SENT").ToLookup(delivery => delivery.TargetId);
        var mails = notifier.Mails.DistinctBy(mail => mail.MessageId).SelectMany(mail => mail.Told).ToLookup(change => change.Target, change => change.Status);
        foreach (var account in accounts.Targets)
        {
            var told = mails[account.Target.Name].ToList();
            if (!told.SequenceEqual(account.Edges.Take(delivered[account.Target.Id].Count())))
            {
                yield return $"{account.Target.Name}: notifier {notifier.Id} got mails for {string.Join(' ', told)}; the edges are {string.Join(' ', account.Edges)}.";
            }
        }
    }

    private static IEnumerable<string> OfDoubledMails(Accounts accounts, Allowance allowance)
    {
        var doubled = accounts.Notifiers.SelectMany(notifier => notifier.Mails.GroupBy(mail => mail.MessageId)).Where(copies => copies.Count() > 1).ToList();
        foreach (var other in doubled.Where(group => group.Any(mail => !mail.Told.SequenceEqual(group.First().Told))))
        {
            yield return $"{other.Key} came again with other changes.";
        }

        var copies = doubled.Sum(group => group.Count() - 1);
        if (copies > allowance.DoubledMails)
        {
            yield return $"{copies} mails came again, of which {allowance.DoubledMails} are allowed: {string.Join(", ", doubled.Select(group => group.Key))}.";
        }
    }
}
