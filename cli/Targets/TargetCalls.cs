using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary>Reading targets from the server.</summary>
internal static class TargetCalls
{
    private const int PageSize = 1000;

    /// <summary>All targets, by id.</summary>
    public static async Task<List<Target>> ListTargetsAsync(this Session session, CancellationToken cancellationToken)
    {
        var targets = new List<Target>();
        var request = new ListTargetsRequest { PageSize = PageSize };
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

    /// <summary>The target that the command line names.</summary>
    public static async Task<Target> GetTargetAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var request = new GetTargetRequest { Id = await session.FindTargetAsync(id, cancellationToken) };
        return (await session.Api.Targets.GetTargetAsync(request, session.Call(cancellationToken))).Target;
    }
}
