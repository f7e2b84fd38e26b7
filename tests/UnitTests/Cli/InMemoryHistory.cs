using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

/// <summary>A history in memory, behind the real service contract. A page has two entries, so that a list of three takes two calls.</summary>
internal sealed class InMemoryHistory : HistoryService.HistoryServiceBase
{
    private const int PageSize = 2;

    /// <summary>The incidents, newest first.</summary>
    public List<Incident> Incidents { get; } = [];

    /// <summary>What is told of each incident beside itself.</summary>
    public GetIncidentResponse Details { get; set; } = new();

    /// <summary>The uptimes that targets have, in every window.</summary>
    public SortedDictionary<long, (string Name, Uptime Uptime)> Uptimes { get; } = [];

    /// <summary>The points of every target.</summary>
    public List<SeriesPoint> Points { get; } = [];

    /// <summary>The results of every target, newest first.</summary>
    public List<RecentResult> Results { get; } = [];

    /// <summary>What every call reports as wrong: field and description.</summary>
    public List<(string Field, string Description)> Violations { get; } = [];

    /// <summary>The last request of each kind.</summary>
    public Dictionary<System.Type, IMessage> Asked { get; } = [];

    public T Last<T>()
        where T : IMessage => (T)Asked[typeof(T)];

    public override Task<ListIncidentsResponse> ListIncidents(ListIncidentsRequest request, ServerCallContext context)
    {
        Take(request);
        var found = Incidents.Where(i => (!request.Open || i.EndTime is null) && (request.TargetIds.Count == 0 || request.TargetIds.Contains(i.TargetId)));
        var (page, next) = Page(found, request.PageToken, request.PageSize);
        return Task.FromResult(new ListIncidentsResponse { Incidents = { page }, NextPageToken = next });
    }

    public override Task<GetIncidentResponse> GetIncident(GetIncidentRequest request, ServerCallContext context)
    {
        Take(request);
        var answer = Details.Clone();
        answer.Incident = Incidents.Find(i => i.Id == request.Id) ?? throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, $"There is no incident {request.Id}."));
        return Task.FromResult(answer);
    }

    public override Task<GetUptimeResponse> GetUptime(GetUptimeRequest request, ServerCallContext context)
    {
        Take(request);
        return Task.FromResult(new GetUptimeResponse { Targets = { request.TargetIds.Select(id => Of(id, request.Windows.Count)) } });
    }

    public override Task<ListUptimesResponse> ListUptimes(ListUptimesRequest request, ServerCallContext context)
    {
        Take(request);
        var (page, next) = Page(Uptimes.Keys, request.PageToken, request.PageSize);
        return Task.FromResult(new ListUptimesResponse { Targets = { page.Select(id => Of(id, 1)) }, NextPageToken = next });
    }

    public override Task<GetSeriesResponse> GetSeries(GetSeriesRequest request, ServerCallContext context)
    {
        Take(request);
        return Task.FromResult(new GetSeriesResponse { Points = { Points }, Step = request.Step });
    }

    public override Task<ListResultsResponse> ListResults(ListResultsRequest request, ServerCallContext context)
    {
        Take(request);
        var (page, next) = Page(Results, request.PageToken, request.PageSize);
        return Task.FromResult(new ListResultsResponse { Results = { page }, NextPageToken = next });
    }

    private static (List<T> Page, string Next) Page<T>(IEnumerable<T> all, string token, int size)
    {
        var done = token.Length == 0 ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        var page = all.Skip(done).Take(Math.Min(size, PageSize)).ToList();
        return (page, all.Skip(done + page.Count).Any() ? $"{done + page.Count}" : "");
    }

    private TargetUptime Of(long id, int windows)
    {
        var (name, uptime) = Uptimes.GetValueOrDefault(id, ("", new Uptime { StartTime = Samples.At("2026-10-01T00:00:00Z"), EndTime = Samples.At("2026-10-31T00:00:00Z") }));
        return new TargetUptime { TargetId = id, TargetName = name, Uptimes = { Enumerable.Repeat(uptime, windows) } };
    }

    private void Take(IMessage request)
    {
        Asked[request.GetType()] = request;
        if (Violations.Count > 0)
        {
            var bad = new BadRequest { FieldViolations = { Violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Description }) } };
            throw new Google.Rpc.Status { Code = (int)Code.InvalidArgument, Message = "The request is not valid.", Details = { Any.Pack(bad) } }.ToRpcException();
        }
    }
}
