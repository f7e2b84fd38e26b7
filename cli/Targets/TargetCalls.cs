using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Filters;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>Reading targets from the server.</summary>
internal static class TargetCalls
{
    private const int PageSize = 1000;
    private const int NamesAtATime = 3; // they may be 256 characters long, and a filter 2000

    /// <summary>All targets, or those that a filter means, by id or in another order; with their last results where wanted.</summary>
    public static async Task<List<Target>> ListTargetsAsync(this Session session, CancellationToken cancellationToken, bool withResults = false, string filter = "", string orderBy = "")
    {
        var targets = new List<Target>();
        var request = new ListTargetsRequest { PageSize = PageSize, RecentResults = withResults, Filter = filter, OrderBy = orderBy };
        do
        {
            var page = await session.Api.Targets.ListTargetsAsync(request, session.Call(cancellationToken));
            targets.AddRange(page.Targets);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return targets;
    }

    /// <summary>The ids of the targets that a filter means, which an older server may not know.</summary>
    public static async Task<List<long>> ListIdsAsync(this Session session, string filter, CancellationToken cancellationToken)
        => [.. ManyTargets.Meant(await session.ListTargetsAsync(cancellationToken, filter: filter), filter).Select(target => target.Id)];

    /// <summary>The id of the target that the command line names.</summary>
    public static Task<long> FindTargetAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
        => id.FindAsync(session, name => session.NamedAsync([name], cancellationToken));

    /// <summary>The ids of targets that are named by id or by name, each once. An id need not be one of a target that there is.</summary>
    public static async Task<List<long>> FindTargetsAsync(this Session session, IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        var all = await session.NamedAsync(texts.Where(text => NamedIds.Number(text) is null), cancellationToken);
        return [.. texts.Select(text => NamedIds.Number(text) ?? NamedIds.ByName(text, "target", all, session.ExitCodeOfErrors)).Distinct()];
    }

    // More than those of the names, whose capital letters may be others; an older server knows no filter and gives all.
    private static async Task<List<(long Id, string Name)>> NamedAsync(this Session session, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new List<(long, string)>();
        foreach (var some in names.Where(name => name.Length <= TargetLimits.LongestName).Chunk(NamesAtATime))
        {
            var filter = string.Join(" OR ", some.Select(name => $"name : {FilterText.Quoted(name)}"));
            found.AddRange((await session.ListTargetsAsync(cancellationToken, filter: filter)).Select(target => (target.Id, target.Name)));
        }

        return [.. found.Distinct()];
    }

    /// <summary>The target with an id; null where there is none, or none any more.</summary>
    public static async Task<Target?> TryGetTargetAsync(this Session session, long id, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Api.Targets.GetTargetAsync(new GetTargetRequest { Id = id }, session.Call(cancellationToken))).Target;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The target that the command line names.</summary>
    public static async Task<Target> GetTargetAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var request = new GetTargetRequest { Id = await session.FindTargetAsync(id, cancellationToken) };
        return (await session.Api.Targets.GetTargetAsync(request, session.Call(cancellationToken))).Target;
    }
}
