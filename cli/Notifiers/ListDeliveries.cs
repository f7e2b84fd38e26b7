using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers deliveries [ID]</c>.</summary>
internal static class ListDeliveries
{
    private const int DefaultLimit = 20;

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var limit = Parsed.Number("--limit", $"How many at the most. Default: {DefaultLimit}.", least: 1);
        return new VerbCommand("deliveries", "Lists the deliveries, newest first: what was sent, what waits, and why.")
        {
            Usage = ["notifiers deliveries [ID]", "notifiers ID deliveries"],
            Examples =
            [
                ("notifiers deliveries", "Those to all notifiers."),
                ("notifiers 1 deliveries --limit 5", "The last five to notifier 1."),
            ],
        }.With(id.OfVerb, limit).Does(runner, async (session, cancellationToken) =>
        {
            var most = session.Given.GetResult(limit) is null ? DefaultLimit : session.Given.GetValue(limit);
            var notifier = id.Text(session.Given) is null ? 0 : await session.FindNotifierAsync(id, cancellationToken);
            var deliveries = await session.ListDeliveriesAsync(new ListDeliveriesRequest { NotifierId = notifier }, most, cancellationToken);
            session.Show(
                [.. deliveries.Select(DeliveryJson.Of)],
                NotifierShapes.Json.DeliveryJsonArray,
                NotifierTables.List(deliveries, session.Surroundings.Time));
            return ExitCodes.Ok;
        });
    }
}
