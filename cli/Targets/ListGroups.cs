using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets groups</c>: the groups, worst status and counts of each.</summary>
internal static class ListGroups
{
    private const int PageSize = 1000;

    public static VerbCommand Create(VerbRunner runner, TargetFilter filter, IdArgument id)
        => new VerbCommand("groups", "Lists the groups of the targets, with the worst status and the number of targets by status.")
        {
            Usage = ["targets groups [--filter EXPR]"],
            Examples =
            [
                ("targets groups", "All groups; targets in no group come first."),
                ("targets groups --filter 'group : shop'", "Those within one group."),
            ],
            Remarks = "A target counts in the group that it is in, not in those around it. Disabled targets count as such, whatever their status was.",
        }.With(filter.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var groups = await ListAsync(session, filter.TextOfMany(session, id), cancellationToken);
            session.Show([.. groups.Select(GroupJson.Of)], TargetShapes.Json.GroupJsonArray, () => Table(groups).WriteTo(session.Surroundings));
            return ExitCodes.Ok;
        });

    private static async Task<List<TargetGroup>> ListAsync(Session session, string filter, CancellationToken cancellationToken)
    {
        var groups = new List<TargetGroup>();
        var request = new ListGroupsRequest { PageSize = PageSize, Filter = filter };
        do
        {
            var page = await session.Api.Targets.ListGroupsAsync(request, session.Call(cancellationToken));
            groups.AddRange(page.Groups);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return groups;
    }

    private static ResultTable Table(List<TargetGroup> groups)
    {
        var table = new ResultTable(["Group", "Status", "Fail", "New", "Pass", "Disabled"], 0);
        foreach (var group in groups)
        {
            var counts = group.Counts ?? new TargetCounts();
            table.AddRow([group.Name.Length > 0 ? group.Name : "-", TargetDisplay.Cell(group.WorstStatus), counts.FailCount, counts.NewCount, counts.PassCount, counts.DisabledCount]);
        }

        return table;
    }
}

/// <summary>A group for programs. The name is empty for targets in no group, the status null where all are disabled.</summary>
internal sealed record GroupJson(string Name, string? WorstStatus, long FailCount, long NewCount, long PassCount, long DisabledCount)
{
    public static GroupJson Of(TargetGroup group)
    {
        var counts = group.Counts ?? new TargetCounts();
        return new(group.Name, JsonShape.NullIfEmpty(EnumWords.Of(group.WorstStatus)), counts.FailCount, counts.NewCount, counts.PassCount, counts.DisabledCount);
    }
}
