using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary>Reading notifiers from the server.</summary>
internal static class NotifierCalls
{
    private const int PageSize = 1000;

    /// <summary>All notifiers, by id.</summary>
    public static async Task<List<Notifier>> ListNotifiersAsync(this Session session, CancellationToken cancellationToken)
    {
        var notifiers = new List<Notifier>();
        var request = new ListNotifiersRequest { PageSize = PageSize };
        do
        {
            var page = await session.Api.Notifiers.ListNotifiersAsync(request, session.Call(cancellationToken));
            notifiers.AddRange(page.Notifiers);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return notifiers;
    }

    /// <summary>The newest deliveries that a request asks for, newest first.</summary>
    public static async Task<List<Delivery>> ListDeliveriesAsync(this Session session, ListDeliveriesRequest request, int most, CancellationToken cancellationToken)
    {
        var deliveries = new List<Delivery>();
        do
        {
            request.PageSize = Math.Min(most - deliveries.Count, PageSize);
            var page = await session.Api.Notifiers.ListDeliveriesAsync(request, session.Call(cancellationToken));
            deliveries.AddRange(page.Deliveries);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && deliveries.Count < most);

        return deliveries;
    }

    /// <summary>The id of the notifier that the command line names.</summary>
    public static Task<long> FindNotifierAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
        => id.FindAsync(session, async _ => [.. (await session.ListNotifiersAsync(cancellationToken)).Select(n => (n.Id, n.Name))]);

    /// <summary>The notifier that the command line names.</summary>
    public static async Task<Notifier> GetNotifierAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var request = new GetNotifierRequest { Id = await session.FindNotifierAsync(id, cancellationToken) };
        return (await session.Api.Notifiers.GetNotifierAsync(request, session.Call(cancellationToken))).Notifier;
    }
}
