using Google.Rpc;
using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.FirstStart;

/// <summary>Fills an empty store from a configuration file: everything in it, or nothing.</summary>
internal sealed class FirstLoad(TargetService.TargetServiceClient targets, NotifierService.NotifierServiceClient notifiers)
{
    /// <summary>Whether there is neither a target nor a notifier.</summary>
    public async Task<bool> IsStoreEmptyAsync(CancellationToken cancellationToken)
    {
        var anyTargets = await targets.ListTargetsAsync(new ListTargetsRequest { PageSize = 1 }, cancellationToken: cancellationToken);
        var anyNotifiers = await notifiers.ListNotifiersAsync(new ListNotifiersRequest { PageSize = 1 }, cancellationToken: cancellationToken);
        return anyTargets.Targets.Count == 0 && anyNotifiers.Notifiers.Count == 0;
    }

    /// <summary>Creates everything in the file.</summary>
    /// <exception cref="StartupException">The admin API does not accept something in it: all of that, each with its line. Nothing was created.</exception>
    public async Task LoadAsync(ConfigDocument configuration, CancellationToken cancellationToken)
    {
        var faults = await CreateAsync(configuration, [], validateOnly: true, cancellationToken);
        if (faults.Count > 0)
        {
            StartConfiguration.Throw(faults);
        }

        var undo = new Stack<Func<Task>>();
        try
        {
            faults = await CreateAsync(configuration, undo, validateOnly: false, cancellationToken);
            if (faults.Count > 0)
            {
                StartConfiguration.Throw(faults);
            }
        }
        catch
        {
            foreach (var delete in undo)
            {
                await delete();
            }

            throw;
        }
    }

    // Notifiers go first: a target that fails at once has somebody to tell.
    private async Task<List<ConfigFault>> CreateAsync(
        ConfigDocument configuration,
        Stack<Func<Task>> undo,
        bool validateOnly,
        CancellationToken cancellationToken)
    {
        var faults = new List<ConfigFault>();
        foreach (var entry in configuration.Notifiers)
        {
            await TryAsync(entry, faults, async () =>
            {
                var request = new CreateNotifierRequest { Notifier = entry.Resource, ValidateOnly = validateOnly };
                var created = await notifiers.CreateNotifierAsync(request, cancellationToken: cancellationToken);
                undo.Push(async () => await notifiers.DeleteNotifierAsync(new DeleteNotifierRequest { Id = created.Notifier.Id }, cancellationToken: default));
            });
        }

        foreach (var entry in configuration.Targets)
        {
            await TryAsync(entry, faults, async () =>
            {
                var request = new CreateTargetRequest { Target = entry.Resource, ValidateOnly = validateOnly };
                var created = await targets.CreateTargetAsync(request, cancellationToken: cancellationToken);
                undo.Push(async () => await targets.DeleteTargetAsync(new DeleteTargetRequest { Id = created.Target.Id }, cancellationToken: default));
            });
        }

        return faults;
    }

    private static async Task TryAsync<T>(ConfigEntry<T> entry, List<ConfigFault> faults, Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.AlreadyExists)
        {
            var violations = e.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations;
            if (violations is { Count: > 0 })
            {
                faults.AddRange(violations.Select(violation => entry.FaultAt(violation.Field, violation.Description)));
            }
            else
            {
                faults.Add(entry.FaultAt("", e.Status.Detail));
            }
        }
    }
}
