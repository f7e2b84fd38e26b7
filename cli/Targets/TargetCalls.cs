using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary>Reading targets from the server.</summary>
internal static class TargetCalls
{
    private const int PageSize = 1000;

    /// <summary>All targets, by id; with their last results where wanted.</summary>
    public static async Task<List<Target>> ListTargetsAsync(this Session session, CancellationToken cancellationToken, bool withResults = false)
    {
        var targets = new List<Target>();
        var request = new ListTargetsRequest { PageSize = PageSize, RecentResults = withResults };
        do
        {
            var page = await session.Api.Targets.ListTargetsAsync(request, session.Call(cancellationToken));
            targets.AddRange(page.Targets);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return targets;
    }

    /// <summary>The id of the target that the command line names.</summary>
    public static Task<long> FindTargetAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
        => id.FindAsync(session, async () => [.. (await session.ListTargetsAsync(cancellationToken)).Select(t => (t.Id, t.Name))]);

    /// <summary>The ids of targets that are named by id or by name, each once. An id need not be one of a target that there is.</summary>
    public static async Task<List<long>> FindTargetsAsync(this Session session, IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        List<(long, string)> all = texts.All(text => NamedIds.Number(text) is not null)
            ? []
            : [.. (await session.ListTargetsAsync(cancellationToken)).Select(target => (target.Id, target.Name))];
        return [.. texts.Select(text => NamedIds.Number(text) ?? NamedIds.ByName(text, "target", all, session.ExitCodeOfErrors)).Distinct()];
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
