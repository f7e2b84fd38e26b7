using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Filters;

namespace Skypunch.Cli.Targets;

/// <summary>Does the same with all targets that a filter means, once somebody has agreed.</summary>
internal static class ManyTargets
{
    /// <summary>How many of the targets a question names.</summary>
    public const int Named = 5;

    private const int AtATime = 8;

    /// <param name="session">The run.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="agreed">Whether nobody has to be asked.</param>
    /// <param name="verb">What is done, such as "delete".</param>
    /// <param name="done">What has been done, such as "Deleted".</param>
    /// <param name="act">Does it with one target.</param>
    /// <param name="cancellationToken">Breaks off; what is done stays.</param>
    public static async Task<int> RunAsync(
        Session session,
        string filter,
        bool agreed,
        string verb,
        string done,
        Func<long, CancellationToken, Task<Target>> act,
        CancellationToken cancellationToken)
    {
        var targets = Meant(await session.ListTargetsAsync(cancellationToken, filter: filter), filter);
        if (targets.Count > 0 && !agreed && !Ask(session.Surroundings, verb, targets.Count, targets))
        {
            session.Say("Nothing was done.");
            return ExitCodes.Failed;
        }

        var results = await session.Progress($"{verb} {Count(targets.Count)}").WatchAsync(ActAsync(targets, act, cancellationToken));
        session.Show(
            [.. results.Select(TargetJson.Of)],
            TargetShapes.Json.JsonObjectArray,
            () => session.Say(targets.Count == 0 ? "No target fulfils the filter" : $"{Count(results.Count)} {(results.Count == 1 ? "has" : "have")} been {done}"));
        return ExitCodes.Ok;
    }

    /// <summary>Reads the filter. A blank one is more often a variable that is not set than all targets.</summary>
    /// <exception cref="CliFault">It is blank or not right.</exception>
    public static Filter Check(string text) => FilterText.TryParse(text, out var filter, out var error)
        ? filter ?? throw CliFault.Usage("--filter is blank: write 'id > 0' if all targets are meant")
        : throw CliFault.Usage($"--filter: {error}");

    /// <summary>Asks whether to go on.</summary>
    /// <param name="surroundings">The terminal.</param>
    /// <param name="verb">What is done, such as "delete".</param>
    /// <param name="count">How many targets it is done with.</param>
    /// <param name="targets">The first of them.</param>
    /// <exception cref="CliFault">There is nobody to ask.</exception>
    public static bool Ask(Surroundings surroundings, string verb, long count, IReadOnlyList<Target> targets)
    {
        if (surroundings.AskHidden is null)
        {
            throw CliFault.Usage($"this would {verb} {Count(count)}, and there is nobody to ask: give --yes if that is right; 'skypunch targets --filter ...' lists them");
        }

        var names = string.Join(", ", targets.Take(Named).Select(target => $"'{target.Name}'"));
        var more = count > Named ? $" and {count - Named} more" : "";
        surroundings.Error.Write(Output.Printable.Of($"This will {verb} {Count(count)}: {names}{more}. Go on? [y/N] "));
        return surroundings.In().ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Those of some targets that a filter means: a server of a release before filters gives all.</summary>
    public static List<Target> Meant(List<Target> targets, string text)
    {
        var filter = Check(text);
        return targets.FindAll(target => filter.Holds(TargetFacts.Of(target)));
    }

    // One that was deleted meanwhile is left out.
    private static async Task<List<Target>> ActAsync(List<Target> targets, Func<long, CancellationToken, Task<Target>> act, CancellationToken cancellationToken)
    {
        var results = new Target?[targets.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, targets.Count, options, async (i, cancel) =>
        {
            try
            {
                results[i] = await act(targets[i].Id, cancel);
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
            {
                // it was deleted meanwhile
            }
        });
        return [.. results.OfType<Target>()];
    }

    /// <summary>Such as "3 targets".</summary>
    public static string Count(long count) => count == 1 ? "1 target" : FormattableString.Invariant($"{count} targets");
}
