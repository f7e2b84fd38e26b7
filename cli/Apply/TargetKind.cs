using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Apply;

/// <summary>Targets in files.</summary>
internal sealed class TargetKind(Session session) : ApplyKind<Target>(session)
{
    public override string Noun => "target";

    public override string NameOf(Target resource) => resource.Name;

    public override long IdOf(Target resource) => resource.Id;

    public override Target Nameless(Target resource) => new(resource) { Name = $"{Guid.NewGuid():N}" };

    public override bool IsFixed(string field) => field is "id" or "name" or "state" or "has_body";

    public override IEnumerable<string> Secrets(Target whole, Target wanted, Target current, IReadOnlyCollection<string> differing)
    {
        if (wanted.AuthnParams.Length > 0 || differing.Contains("authn"))
        {
            yield return "authn_params";
        }

        if (wanted.Headers.Any(header => header.Value.Length > 0 && HeaderText.IsSecret(header.Name)))
        {
            yield return "headers";
        }

        if (wanted.QuerySecrets.Any(parameter => parameter.Value.Length > 0))
        {
            yield return "query_secrets";
        }

        if (ProxyUrl.Read(wanted.Proxy, out var proxy) is null && proxy!.Password is not null)
        {
            yield return "proxy";
        }

        if (wanted.Body.Length > 0 || current.HasBody)
        {
            yield return "body";
        }

        if (wanted.Tls is { ClientKey.Length: > 0 })
        {
            yield return "tls";
        }
    }

    public override Task<List<Target>> ListAsync(CancellationToken cancellationToken) => Session.ListTargetsAsync(cancellationToken);

    public override async Task<IReadOnlyList<CheckedEntry<Target>>> CheckAsync(IReadOnlyList<Target> resources, CancellationToken cancellationToken)
    {
        try
        {
            var results = new List<CheckedEntry<Target>>();
            foreach (var some in EntryBatches.Of(resources))
            {
                var request = new BatchCreateTargetsRequest { Targets = { some }, ValidateOnly = true };
                results.AddRange(Of(await Session.Api.Targets.BatchCreateTargetsAsync(request, Session.Call(cancellationToken)), some.Count));
            }

            return results;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unimplemented)
        {
            return await base.CheckAsync(resources, cancellationToken); // a server of a release before this call
        }
    }

    // The answer has those without a fault, in their order.
    private static IEnumerable<CheckedEntry<Target>> Of(BatchCreateTargetsResponse answer, int count)
    {
        var (faults, good) = (answer.Faults.ToDictionary(fault => fault.Index), 0);
        for (var i = 0; i < count; i++)
        {
            yield return faults.TryGetValue(i, out var fault) ? CheckedEntry<Target>.Faulty(fault) : CheckedEntry<Target>.Good(answer.Targets[good++]);
        }
    }

    public override async Task<Target> CreateAsync(Target resource, bool validateOnly, CancellationToken cancellationToken)
    {
        var request = new CreateTargetRequest { Target = resource, ValidateOnly = validateOnly };
        return (await Session.Api.Targets.CreateTargetAsync(request, Session.Call(cancellationToken))).Target;
    }

    public override async Task UpdateAsync(long id, Target resource, FieldMask mask, CancellationToken cancellationToken)
    {
        var request = new UpdateTargetRequest { Target = new(resource) { Id = id }, UpdateMask = mask };
        await Session.Api.Targets.UpdateTargetAsync(request, Session.Call(cancellationToken));
    }

    public override async Task DeleteAsync(long id, CancellationToken cancellationToken)
        => await Session.Api.Targets.DeleteTargetAsync(new DeleteTargetRequest { Id = id }, Session.Call(cancellationToken));
}
