using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets edit --filter EXPR</c>: makes the same change to all targets that a filter means, once somebody has agreed.</summary>
internal static class EditTargets
{
    private const int FaultsShown = 10;

    // The server changes some thousand targets a second.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <param name="session">The run.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="agreed">Whether nobody has to be asked.</param>
    /// <param name="target">The new values.</param>
    /// <param name="mask">The fields that they are for.</param>
    /// <param name="cancellationToken">Breaks off; what is done stays.</param>
    public static async Task<int> RunAsync(Session session, string filter, bool agreed, Target target, FieldMask mask, CancellationToken cancellationToken)
    {
        ManyTargets.Check(filter);
        session.Subject.Kind = "target";
        if (mask.Paths.FirstOrDefault(path => path is "name" or "url") is { } own)
        {
            throw CliFault.Usage($"{session.Subject.OptionOf(own)} is of one target and does not go with --filter");
        }

        var request = new BatchUpdateTargetsRequest { Filter = filter, Target = target, UpdateMask = mask, ValidateOnly = true };
        var answer = await session.Progress("checking").WatchAsync(CallAsync(session, request, cancellationToken));
        ThrowIfFaulty(answer, session, "nothing was changed");
        if (answer.ChangedCount > 0 && !agreed)
        {
            var first = await session.Api.Targets.ListTargetsAsync(new ListTargetsRequest { Filter = filter, PageSize = ManyTargets.Named }, session.Call(cancellationToken));
            if (!ManyTargets.Ask(session.Surroundings, "change", answer.MatchedCount, first.Targets))
            {
                session.Say("Nothing was done.");
                return ExitCodes.Failed;
            }
        }

        if (answer.ChangedCount > 0)
        {
            request.ValidateOnly = false;
            answer = await session.Progress($"changing {ManyTargets.Count(answer.MatchedCount)}").WatchAsync(CallAsync(session, request, cancellationToken));
        }

        session.Show(new ManyChangedJson(answer.MatchedCount, answer.ChangedCount), TargetShapes.Json.ManyChangedJson, () => session.Say(Words(answer)));
        ThrowIfFaulty(answer, session, "the other targets are changed");
        return ExitCodes.Ok;
    }

    private static async Task<BatchUpdateTargetsResponse> CallAsync(Session session, BatchUpdateTargetsRequest request, CancellationToken cancellationToken)
        => await session.Api.Targets.BatchUpdateTargetsAsync(request, session.Call(cancellationToken, Timeout));

    private static string Words(BatchUpdateTargetsResponse answer)
    {
        var same = answer.MatchedCount - answer.ChangedCount - answer.FaultCount;
        return answer.MatchedCount == 0
            ? "No target fulfils the filter"
            : $"{ManyTargets.Count(answer.ChangedCount)} {(answer.ChangedCount == 1 ? "has" : "have")} been Changed{(same > 0 ? $"; {ManyTargets.Count(same)} had these values already" : "")}";
    }

    private static void ThrowIfFaulty(BatchUpdateTargetsResponse answer, Session session, string hint)
    {
        if (answer.FaultCount > 0)
        {
            var lines = answer.Faults.Take(FaultsShown).SelectMany(fault => fault.Fields.Select(field => LineOf(fault, field, session.Subject)));
            throw new CliFault("INVALID_ARGUMENT", ExitCodes.Failed, [.. lines]) { Hint = $"{ManyTargets.Count(answer.FaultCount)} cannot have these values; {hint}" };
        }
    }

    private static FaultLine LineOf(TargetFault fault, TargetFieldFault field, CallSubject subject)
    {
        var option = subject.OptionOf(field.Field);
        var named = option ?? field.Field;
        return new($"'{fault.Name}' (id {fault.Id}): {(named.Length > 0 ? $"{named}: " : "")}{field.Description}", field.Field, option, field.Description);
    }
}

/// <summary>What has become of many targets, for programs.</summary>
internal sealed record ManyChangedJson(long MatchedCount, long ChangedCount);
