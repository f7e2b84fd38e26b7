using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Targets;
using Skypunch.Contracts.Filters;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.UnitTests.Cli;

/// <summary>Targets in memory, behind the real service contract. A page has two targets, so that a list of three takes two calls.</summary>
internal sealed class InMemoryTargets : TargetService.TargetServiceBase
{
    private const int PageSize = 2;

    public SortedDictionary<long, Target> All { get; } = [];

    /// <summary>The mask of the last update.</summary>
    public FieldMask? Mask { get; private set; }

    /// <summary>The violations that a creation or an update reports.</summary>
    public List<(string Field, string Description)> Violations { get; } = [];

    /// <summary>The exceptions that the creation of a target throws, by the target's name. A request that only validates passes.</summary>
    public Dictionary<string, RpcException> CreateErrors { get; } = [];

    /// <summary>Whether lists are filtered; a server of an earlier release gives all.</summary>
    public bool KnowsFilters { get; set; } = true;

    /// <summary>The order that the last list was asked for.</summary>
    public string? OrderBy { get; private set; }

    /// <summary>What a change of many targets says is wrong, by the target's id.</summary>
    public Dictionary<long, (string Field, string Description)> UpdateFaults { get; } = [];

    /// <summary>What a watch is told before it ends.</summary>
    public List<WatchTargetsResponse> Watched { get; } = [];

    /// <summary>The last request for a test.</summary>
    public TestTargetRequest? Tested { get; private set; }

    /// <summary>The exception that a deletion throws.</summary>
    public RpcException? DeleteError { get; set; }

    /// <summary>The report of a test.</summary>
    public ProbeReport Report { get; set; } = Samples.Passed();

    /// <summary>The traces that are kept for every target.</summary>
    public GetTargetTracesResponse Traces { get; set; } = new();

    /// <summary>The exception that a test throws.</summary>
    public RpcException? TestError { get; set; }

    public override Task<ListTargetsResponse> ListTargets(ListTargetsRequest request, ServerCallContext context)
    {
        var after = request.PageToken.Length == 0 ? 0 : long.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        if (!FilterText.TryParse(request.Filter, out var filter, out var error) && KnowsFilters)
        {
            FieldViolations.Throw("filter", error);
        }

        OrderBy = request.OrderBy;
        var rest = All.Values.Where(t => t.Id > after && (!KnowsFilters || filter?.Holds(TargetFacts.Of(t)) is not false)).ToList();
        var page = rest.Take(PageSize).ToList();
        var more = rest.Count > page.Count;
        return Task.FromResult(new ListTargetsResponse { Targets = { page.Select(t => ForList(t, request)) }, NextPageToken = more ? $"{page[^1].Id}" : "" });
    }

    public override Task<GetTargetResponse> GetTarget(GetTargetRequest request, ServerCallContext context)
        => Task.FromResult(new GetTargetResponse { Target = Find(request.Id) });

    public override Task<CreateTargetResponse> CreateTarget(CreateTargetRequest request, ServerCallContext context)
    {
        ThrowViolations();
        if (request.ValidateOnly)
        {
            return Task.FromResult(new CreateTargetResponse { Target = request.Target });
        }

        if (CreateErrors.GetValueOrDefault(request.Target.Name) is { } error)
        {
            throw error;
        }

        request.Target.Id = All.Count + 1;
        All.Add(request.Target.Id, request.Target);
        return Task.FromResult(new CreateTargetResponse { Target = request.Target });
    }

    public override async Task<BatchCreateTargetsResponse> BatchCreateTargets(BatchCreateTargetsRequest request, ServerCallContext context)
    {
        if (Violations.Count > 0)
        {
            var fields = Violations.Select(violation => new TargetFieldFault { Field = violation.Field, Description = violation.Description }).ToList();
            return new BatchCreateTargetsResponse { Faults = { request.Targets.Select((target, i) => new TargetFault { Index = i, Name = target.Name, Fields = { fields } }) } };
        }

        var response = new BatchCreateTargetsResponse();
        foreach (var target in request.Targets)
        {
            response.Targets.Add((await CreateTarget(new CreateTargetRequest { Target = target, ValidateOnly = request.ValidateOnly }, context)).Target);
        }

        return response;
    }

    public override Task<BatchUpdateTargetsResponse> BatchUpdateTargets(BatchUpdateTargetsRequest request, ServerCallContext context)
    {
        Assert.True(FilterText.TryParse(request.Filter, out var filter, out _));
        Mask = request.UpdateMask;
        var response = new BatchUpdateTargetsResponse();
        foreach (var target in All.Values.Where(target => filter!.Holds(TargetFacts.Of(target))).ToList())
        {
            var changed = UpdateMask.Merge(target, request.Target, request.UpdateMask.Paths);
            response.MatchedCount++;
            if (UpdateFaults.TryGetValue(target.Id, out var fault))
            {
                response.FaultCount++;
                response.Faults.Add(new TargetFault { Id = target.Id, Name = target.Name, Fields = { new TargetFieldFault { Field = fault.Field, Description = fault.Description } } });
            }
            else if (!changed.Equals(target))
            {
                response.ChangedCount++;
                All[target.Id] = request.ValidateOnly ? target : changed;
            }
        }

        return Task.FromResult(response);
    }

    public override Task<CountTargetsResponse> CountTargets(CountTargetsRequest request, ServerCallContext context)
        => Task.FromResult(new CountTargetsResponse { TotalCount = All.Count, Counts = new TargetCounts { FailCount = 1, PassCount = All.Count - 1 } });

    public override async Task WatchTargets(WatchTargetsRequest request, IServerStreamWriter<WatchTargetsResponse> responseStream, ServerCallContext context)
    {
        foreach (var message in Watched)
        {
            await responseStream.WriteAsync(message);
        }
    }

    public override Task<ListGroupsResponse> ListGroups(ListGroupsRequest request, ServerCallContext context) => Task.FromResult(request.PageToken.Length == 0
        ? new ListGroupsResponse { Groups = { new TargetGroup { Counts = new TargetCounts { DisabledCount = 2 } } }, NextPageToken = "next" }
        : new ListGroupsResponse { Groups = { new TargetGroup { Name = "shop/cart", Counts = new TargetCounts { FailCount = 1, PassCount = 3 }, WorstStatus = TargetStatus.Fail } } });

    public override Task<UpdateTargetResponse> UpdateTarget(UpdateTargetRequest request, ServerCallContext context)
    {
        ThrowViolations();
        Mask = request.UpdateMask;
        All[request.Target.Id] = UpdateMask.Merge(Find(request.Target.Id), request.Target, request.UpdateMask.Paths);
        return Task.FromResult(new UpdateTargetResponse { Target = Find(request.Target.Id) });
    }

    public override Task<DeleteTargetResponse> DeleteTarget(DeleteTargetRequest request, ServerCallContext context)
    {
        if (DeleteError is not null)
        {
            throw DeleteError;
        }

        var target = Find(request.Id);
        All.Remove(request.Id);
        return Task.FromResult(new DeleteTargetResponse { Target = target });
    }

    public override Task<EnableTargetResponse> EnableTarget(EnableTargetRequest request, ServerCallContext context)
    {
        Find(request.Id).Enabled = true;
        return Task.FromResult(new EnableTargetResponse { Target = Find(request.Id) });
    }

    public override Task<DisableTargetResponse> DisableTarget(DisableTargetRequest request, ServerCallContext context)
    {
        Find(request.Id).Enabled = false;
        return Task.FromResult(new DisableTargetResponse { Target = Find(request.Id) });
    }

    public override Task<TestTargetResponse> TestTarget(TestTargetRequest request, ServerCallContext context)
    {
        Tested = request;
        return TestError is null
            ? Task.FromResult(new TestTargetResponse { Target = request.Id == 0 ? new Target(request.Target) { Name = "test", Method = "GET" } : Find(request.Id), Report = Report })
            : throw TestError;
    }

    public override Task<GetTargetTracesResponse> GetTargetTraces(GetTargetTracesRequest request, ServerCallContext context)
    {
        var traces = Traces.Clone();
        traces.Target = Find(request.Id);
        return Task.FromResult(traces);
    }

    // As the server does: last results only where they are asked for.
    private static Target ForList(Target target, ListTargetsRequest request)
    {
        var listed = target.Clone();
        if (!request.RecentResults)
        {
            listed.State?.RecentResults.Clear();
        }

        return listed;
    }

    private Target Find(long id)
        => All.GetValueOrDefault(id) ?? throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, $"There is no target {id}."));

    private void ThrowViolations()
    {
        if (Violations.Count > 0)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(
                Violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Description }));
            throw new Google.Rpc.Status
            {
                Code = (int)Code.InvalidArgument,
                Message = "The target is not valid.",
                Details = { Any.Pack(bad) },
            }.ToRpcException();
        }
    }
}
