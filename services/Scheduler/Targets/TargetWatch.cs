using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Skypunch.Admin.V1;
using Skypunch.Contracts.Filters;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Scheduler.Targets;

/// <summary>
/// Streams status changes and counts to one caller. It asks the store once a second, as any Scheduler may have folded a change.
/// </summary>
internal sealed class TargetWatch(SchedulerDb db, TargetCensus census, WatchPlaces places, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(5);

    private readonly WatchTargetsResponse _last = new();
    private DateTimeOffset _countedAt;
    private bool _isBehind; // there may be more changes at once

    /// <summary>Streams until the caller ends the call or the process stops.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT, OUT_OF_RANGE: the request is not right. RESOURCE_EXHAUSTED: too many watch already. UNAVAILABLE: the process stops.
    /// </exception>
    public async Task RunAsync(WatchTargetsRequest request, IServerStreamWriter<WatchTargetsResponse> stream, CancellationToken cancellationToken)
    {
        var faults = new FieldViolations();
        var filter = TargetLists.ReadFilter(request.Filter, faults);
        var query = new WatchTargetsRequest { Filter = request.Filter };
        var place = QueryToken.Read(query, request.ResumeToken, 1, new FieldViolations());
        faults.Require(place is not null || request.ResumeToken.Length == 0, "resume_token", "is not one that a server has given for this filter: watch without it");
        faults.ThrowIfAny();
        using var taken = places.Take();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            var changes = await BeginAsync(place?[0], ending.Token);
            while (true)
            {
                var response = await NextAsync(changes, filter, ending.Token);
                response.ResumeToken = QueryToken.Of(query, changes.ResumeAfter);
                if (response.Changes.Count > 0 || response.Counts is not null)
                {
                    await stream.WriteAsync(response, ending.Token);
                }

                if (!_isBehind)
                {
                    await Task.Delay(Interval, clock, ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "This server stops: call again with the resume_token."));
        }
    }

    private async Task<WatchedChanges> BeginAsync(long? resumed, CancellationToken cancellationToken)
    {
        if (resumed is not { } id)
        {
            var there = await db.StatusChanges.OrderByDescending(change => change.Id).Select(change => change.Id).Take(WatchedChanges.LookBack).ToListAsync(cancellationToken);
            return WatchedChanges.Beginning(there, clock.GetUtcNow());
        }

        var oldest = await db.StatusChanges.MinAsync(change => (long?)change.Id, cancellationToken);
        return id > 0 && oldest > id + 1
            ? throw new RpcException(new Status(StatusCode.OutOfRange, "Changes since then are not kept any more: list the targets, and watch without resume_token."))
            : new WatchedChanges(id);
    }

    private async Task<WatchTargetsResponse> NextAsync(WatchedChanges changes, Filter? filter, CancellationToken cancellationToken)
    {
        var (last, missing) = (changes.Last, changes.Missing.ToList());
        var ids = await db.StatusChanges.Where(change => change.Id > last).OrderBy(change => change.Id).Select(change => change.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        _isBehind = ids.Count == MostAtOnce;
        if (missing.Count > 0)
        {
            ids.AddRange(await db.StatusChanges.Where(change => missing.Contains(change.Id)).Select(change => change.Id).ToListAsync(cancellationToken));
        }

        var fresh = changes.Take(ids, clock.GetUtcNow());
        var response = new WatchTargetsResponse();
        if (fresh.Count > 0)
        {
            response.Changes.AddRange(await ReadAsync(fresh, filter, cancellationToken));
        }

        if ((response.Changes.Count > 0 && !_isBehind) || clock.GetUtcNow() - _countedAt >= CountInterval)
        {
            _countedAt = clock.GetUtcNow();
            var counts = await census.CountAsync(filter, cancellationToken);
            (response.Counts, _last.Counts) = (counts.Equals(_last.Counts) ? null : counts, counts);
        }

        return response;
    }

    // A target that is deleted has no changes any more.
    private async Task<IEnumerable<TargetChange>> ReadAsync(List<long> ids, Filter? filter, CancellationToken cancellationToken)
    {
        var rows = await db.StatusChanges.AsNoTracking().Where(change => ids.Contains(change.Id)).OrderBy(change => change.Id)
            .Select(change => new { change.ChangeId, change.TargetId, change.FromStatus, change.ToStatus, change.At, change.Reason, change.Description })
            .ToListAsync(cancellationToken);
        var of = rows.Select(row => row.TargetId).Distinct().ToList();
        var names = await FilterSql.Where(db, db.Targets.Where(t => of.Contains(t.Id)), filter).Select(t => new { t.Id, t.Name }).ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
        return rows.Where(row => names.ContainsKey(row.TargetId)).Select(row => new TargetChange
        {
            ChangeId = row.ChangeId.ToString(),
            TargetId = row.TargetId,
            TargetName = names[row.TargetId],
            From = TargetWords.ToProto(row.FromStatus),
            To = TargetWords.ToProto(row.ToStatus),
            ChangeTime = row.At.ToTimestamp(),
            Reason = row.Reason,
            Description = row.Description,
        });
    }
}
