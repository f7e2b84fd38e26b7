using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers deliveries [ID]</c>.</summary>
internal static class ListDeliveries
{
    private const int DefaultLimit = 20;
    private const int MostInADigest = 500;

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var limit = Parsed.Number("--limit", $"How many at the most. Default: {DefaultLimit}.", least: 1);
        var digest = Parsed.Text("--digest", "ID", "All that one digest carries: the id that its mail names.");
        return new VerbCommand("deliveries", "Lists the deliveries, newest first: what was sent, what waits, and why.")
        {
            Usage = ["notifiers deliveries [ID]", "notifiers ID deliveries"],
            Examples =
            [
                ("notifiers deliveries", "Those to all notifiers."),
                ("notifiers 1 deliveries --limit 5", "The last five to notifier 1."),
                ("notifiers deliveries --digest digest.4f0c7d0e8f2a4b6c9d1e3f5a7b9c0d2e", "All that one digest carries."),
            ],
        }.With(id.OfVerb, limit, digest).Does(runner, async (session, cancellationToken) =>
        {
            var digestId = session.Given.GetValue(digest) ?? "";
            var most = session.Given.GetResult(limit) is not null ? session.Given.GetValue(limit) : digestId.Length > 0 ? MostInADigest : DefaultLimit;
            var notifier = id.Text(session.Given) is null ? 0 : await session.FindNotifierAsync(id, cancellationToken);
            var deliveries = await session.ListDeliveriesAsync(new ListDeliveriesRequest { NotifierId = notifier, DigestId = digestId }, most, cancellationToken);
            session.Show(
                [.. deliveries.Select(DeliveryJson.Of)],
                NotifierShapes.Json.DeliveryJsonArray,
                NotifierTables.List(deliveries, session.Surroundings.Time));
            return ExitCodes.Ok;
        });
    }
}
