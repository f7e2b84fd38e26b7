using System.Text.Json;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets watch</c>: a line for each change of a status, until it is interrupted.</summary>
internal static class WatchTargets
{
    public static VerbCommand Create(VerbRunner runner, TargetFilter filter, IdArgument id)
        => new VerbCommand("watch", "Shows each change of a status as it comes, and how many targets are FAIL then, until Ctrl-C.")
        {
            Usage = ["targets watch [--filter EXPR] [-o json]"],
            Examples =
            [
                ("targets watch", "All changes from now on."),
                ("targets watch --filter 'labels.team = payments' -o json", "Those of one team, an object a line for a program."),
            ],
            Remarks = "EXPR is asked of a target as it is after the change.",
        }.With(filter.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var request = new WatchTargetsRequest { Filter = filter.TextOfMany(session, id) };
            using var call = session.Api.Targets.WatchTargets(request, new CallOptions(cancellationToken: cancellationToken));
            await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                Write(message, session);
            }

            return ExitCodes.Ok;
        });

    private static void Write(WatchTargetsResponse message, Session session)
    {
        var output = session.Surroundings.Out;
        if (session.Json)
        {
            output.WriteLine(Printable.InJson(JsonSerializer.Serialize(WatchedJson.Of(message), TargetShapes.Lines.WatchedJson)));
        }
        else
        {
            foreach (var change in message.Changes)
            {
                session.Say($"{Times.Local(change.ChangeTime, session.Surroundings.Time)} {EnumWords.Of(change.From),4} > {EnumWords.Of(change.To),-4} [{change.TargetId}] {change.TargetName} ({change.Description})");
            }

            if (message.Counts is { } counts)
            {
                session.Say($"{counts.FailCount} FAIL, {counts.NewCount} NEW, {counts.PassCount} PASS, {counts.DisabledCount} disabled");
            }
        }

        output.Flush();
    }
}

/// <summary>Some changes, and the counts where they are others than before, for programs.</summary>
internal sealed record WatchedJson(IReadOnlyList<ChangedTargetJson> Changes, TargetCountJson? Counts)
{
    public static WatchedJson Of(WatchTargetsResponse message)
        => new([.. message.Changes.Select(ChangedTargetJson.Of)], message.Counts is { } counts ? TargetCountJson.Of(counts) : null);
}

/// <summary>A change of a status for programs.</summary>
internal sealed record ChangedTargetJson(string ChangeId, long TargetId, string TargetName, string From, string To, DateTime? ChangeTime, string Reason, string Description)
{
    public static ChangedTargetJson Of(TargetChange change) => new(
        change.ChangeId,
        change.TargetId,
        change.TargetName,
        EnumWords.Of(change.From),
        EnumWords.Of(change.To),
        Times.Utc(change.ChangeTime),
        change.Reason,
        change.Description);
}
