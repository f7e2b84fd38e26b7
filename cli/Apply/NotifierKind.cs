using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Apply;

/// <summary>Notifiers in files.</summary>
internal sealed class NotifierKind(Session session) : ApplyKind<Notifier>(session)
{
    public override string Noun => "notifier";

    public override string NameOf(Notifier resource) => resource.Name;

    public override long IdOf(Notifier resource) => resource.Id;

    public override Notifier Nameless(Notifier resource) => new(resource) { Name = $"{Guid.NewGuid():N}" };

    public override bool IsFixed(string field) => field is "id" or "name" or "pass_count" or "fail_count" or "row_fault";

    public override IEnumerable<string> Secrets(Notifier whole, Notifier wanted, Notifier current, IReadOnlyCollection<string> differing)
        => ["params"];

    public override Task<List<Notifier>> ListAsync(CancellationToken cancellationToken) => Session.ListNotifiersAsync(cancellationToken);

    public override async Task<Notifier> CreateAsync(Notifier resource, bool validateOnly, CancellationToken cancellationToken)
    {
        var request = new CreateNotifierRequest { Notifier = resource, ValidateOnly = validateOnly };
        return (await Session.Api.Notifiers.CreateNotifierAsync(request, Session.Call(cancellationToken))).Notifier;
    }

    public override async Task UpdateAsync(long id, Notifier resource, FieldMask mask, CancellationToken cancellationToken)
    {
        var request = new UpdateNotifierRequest { Notifier = new(resource) { Id = id }, UpdateMask = mask };
        await Session.Api.Notifiers.UpdateNotifierAsync(request, Session.Call(cancellationToken));
    }

    public override async Task DeleteAsync(long id, CancellationToken cancellationToken)
        => await Session.Api.Notifiers.DeleteNotifierAsync(new DeleteNotifierRequest { Id = id }, Session.Call(cancellationToken));
}
