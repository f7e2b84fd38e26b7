using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Recipient = Skypunch.Admin.V1.Notifier;

namespace Skypunch.UnitTests.Cli;

/// <summary>Notifiers in memory, behind the real service contract.</summary>
internal sealed class InMemoryNotifiers : NotifierService.NotifierServiceBase
{
    public SortedDictionary<long, Recipient> All { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    /// <summary>The mask of the last update.</summary>
    public FieldMask? Mask { get; private set; }

    /// <summary>Whether a test message is accepted, and the description of the result.</summary>
    public (bool Delivered, string Description) TestResult { get; set; } = (true, "accepted by mail.example.org");

    public override Task<ListNotifiersResponse> ListNotifiers(ListNotifiersRequest request, ServerCallContext context)
        => Task.FromResult(new ListNotifiersResponse { Notifiers = { All.Values } });

    public override Task<GetNotifierResponse> GetNotifier(GetNotifierRequest request, ServerCallContext context)
        => Task.FromResult(new GetNotifierResponse { Notifier = Find(request.Id) });

    public override Task<CreateNotifierResponse> CreateNotifier(CreateNotifierRequest request, ServerCallContext context)
    {
        if (request.ValidateOnly)
        {
            return Task.FromResult(new CreateNotifierResponse { Notifier = request.Notifier });
        }

        request.Notifier.Id = All.Count + 1;
        All.Add(request.Notifier.Id, request.Notifier);
        return Task.FromResult(new CreateNotifierResponse { Notifier = request.Notifier });
    }

    public override Task<UpdateNotifierResponse> UpdateNotifier(UpdateNotifierRequest request, ServerCallContext context)
    {
        Mask = request.UpdateMask;
        request.UpdateMask.Merge(request.Notifier, Find(request.Notifier.Id));
        return Task.FromResult(new UpdateNotifierResponse { Notifier = Find(request.Notifier.Id) });
    }

    public override Task<DeleteNotifierResponse> DeleteNotifier(DeleteNotifierRequest request, ServerCallContext context)
    {
        var notifier = Find(request.Id);
        All.Remove(request.Id);
        return Task.FromResult(new DeleteNotifierResponse { Notifier = notifier });
    }

    public override Task<EnableNotifierResponse> EnableNotifier(EnableNotifierRequest request, ServerCallContext context)
    {
        Find(request.Id).Enabled = true;
        return Task.FromResult(new EnableNotifierResponse { Notifier = Find(request.Id) });
    }

    public override Task<DisableNotifierResponse> DisableNotifier(DisableNotifierRequest request, ServerCallContext context)
    {
        Find(request.Id).Enabled = false;
        return Task.FromResult(new DisableNotifierResponse { Notifier = Find(request.Id) });
    }

    public override Task<TestNotifierResponse> TestNotifier(TestNotifierRequest request, ServerCallContext context)
        => Task.FromResult(new TestNotifierResponse
        {
            Notifier = Find(request.Id),
            Delivered = TestResult.Delivered,
            Description = TestResult.Description,
        });

    /// <summary>Who is told.</summary>
    public IReadOnlyList<NotifierVerdict> Verdicts { get; set; } = [];

    /// <summary>The last question who is told.</summary>
    public WhoIsToldRequest? Asked { get; private set; }

    public override Task<WhoIsToldResponse> WhoIsTold(WhoIsToldRequest request, ServerCallContext context)
    {
        Asked = request;
        return Task.FromResult(new WhoIsToldResponse { Verdicts = { Verdicts } });
    }

    public override Task<ListDeliveriesResponse> ListDeliveries(ListDeliveriesRequest request, ServerCallContext context)
        => Task.FromResult(new ListDeliveriesResponse
        {
            Deliveries = { Deliveries.Where(d => request.NotifierId == 0 || d.NotifierId == request.NotifierId)
                .Where(d => request.ChangeIds.Count == 0 || request.ChangeIds.Contains(d.ChangeId))
                .Where(d => request.DigestId.Length == 0 || request.DigestId == d.DigestId).Take(request.PageSize) },
        });

    public override Task<ListNotifierTypesResponse> ListNotifierTypes(ListNotifierTypesRequest request, ServerCallContext context)
        => Task.FromResult(new ListNotifierTypesResponse
        {
            NotifierTypes =
            {
                new NotifierType
                {
                    Name = "SMTP",
                    Summary = "Sends mail.",
                    Address = new NotifierParameter { Name = "address", Kind = NotifierParameterKind.Text, Placeholder = "ADDRESS", Help = "A mail address.", Required = true },
                    Parameters =
                    {
                        new NotifierParameter { Name = "server", Kind = NotifierParameterKind.Text, Placeholder = "HOST", Help = "The mail server.", Required = true },
                        new NotifierParameter { Name = "password", Kind = NotifierParameterKind.Text, Placeholder = "PASSWORD", Help = "The password.", Secret = true },
                        new NotifierParameter { Name = "security", Kind = NotifierParameterKind.Choice, Choices = { "tls", "none" }, Help = "How it is protected.", Default = "tls" },
                    },
                },
            },
        });

    private Recipient Find(long id)
        => All.GetValueOrDefault(id) ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no notifier {id}."));
}
