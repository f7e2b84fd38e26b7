using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ServiceDefaults.AdminApi;

namespace Skypunch.Notifier.Notifiers;

/// <summary>The admin API for who is told of what.</summary>
internal sealed partial class NotifierAdmin
{
    private const int LongestReason = 64;
    private const int NotifiersAtOnce = 500;

    public override async Task<WhoIsToldResponse> WhoIsTold(WhoIsToldRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.Require(request.Target is not null, "target", "is missing");
        faults.Require(request.Reason.Length <= LongestReason, "reason", $"must have at most {LongestReason} characters");
        faults.ThrowIfAny();

        var (facts, reason) = (NotifierVerdicts.FactsOf(request.Target!), request.Reason.Length > 0 ? request.Reason : null);
        var response = new WhoIsToldResponse();
        var (last, now) = (0L, clock.GetUtcNow());
        while (await notifiers.ListAsync(last, NotifiersAtOnce, context.CancellationToken) is { Count: > 0 } page)
        {
            response.Verdicts.AddRange(page.Select(notifier => NotifierVerdicts.Of(notifier, facts, reason, now)));
            last = page[^1].Id;
        }

        return response;
    }
}
