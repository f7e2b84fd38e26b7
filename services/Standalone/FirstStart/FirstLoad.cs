using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;
using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Standalone.FirstStart;

/// <summary>
/// Fills an empty store from a configuration file: with everything in the file, or with nothing. After a fault everything in the store is
/// deleted, as the store was empty before. A process that is killed before it can do so leaves a mark, and the next start deletes
/// everything.
/// </summary>
internal sealed class FirstLoad(TargetService.TargetServiceClient targets, NotifierService.NotifierServiceClient notifiers, LoadMark mark, TimeProvider clock)
{
    /// <summary>Whether there is neither a target nor a notifier.</summary>
    public async Task<bool> IsStoreEmptyAsync(CancellationToken cancellationToken)
    {
        var anyTargets = await targets.ListTargetsAsync(new ListTargetsRequest { PageSize = 1 }, cancellationToken: cancellationToken);
        var anyNotifiers = await notifiers.ListNotifiersAsync(new ListNotifiersRequest { PageSize = 1 }, cancellationToken: cancellationToken);
        return anyTargets.Targets.Count == 0 && anyNotifiers.Notifiers.Count == 0;
    }

    /// <summary>Deletes what an interrupted load has left.</summary>
    /// <returns>Whether a load was interrupted.</returns>
    public async Task<bool> UndoInterruptedAsync(CancellationToken cancellationToken)
    {
        var wasInterrupted = mark.IsSet;
        if (wasInterrupted)
        {
            await ClearAsync(cancellationToken);
        }

        return wasInterrupted;
    }

    /// <summary>Creates everything in the file.</summary>
    /// <param name="configuration">The file.</param>
    /// <param name="progress">Called now and then with how many entries are done, of how many. Each counts twice: checked, and
    /// created.</param>
    /// <param name="cancellationToken">Breaks the load off, and undoes it.</param>
    /// <exception cref="StartupException">The admin API does not accept the file. The message has all faults, each with its line. Nothing
    /// was created.</exception>
    public async Task LoadAsync(ConfigDocument configuration, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var count = new LoadProgress(2 * (configuration.Targets.Count + configuration.Notifiers.Count), progress, clock);
        var faults = await CreateAsync(configuration, validateOnly: true, count, cancellationToken);
        if (faults.Count > 0)
        {
            StartConfiguration.Throw(faults);
        }

        mark.Set();
        try
        {
            faults = await CreateAsync(configuration, validateOnly: false, count, cancellationToken);
            if (faults.Count > 0)
            {
                StartConfiguration.Throw(faults);
            }
        }
        catch
        {
            await TryUndoAsync();
            throw;
        }

        mark.Clear();
    }

    // The user must learn of the first fault, and not of one here. What cannot be deleted now is deleted by the next start, since the mark
    // stays.
    private async Task TryUndoAsync()
    {
        try
        {
            await ClearAsync(CancellationToken.None);
        }
        catch (RpcException)
        {
        }
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        while (await targets.ListTargetsAsync(new ListTargetsRequest(), cancellationToken: cancellationToken) is { Targets: { Count: > 0 } some })
        {
            foreach (var target in some)
            {
                await targets.DeleteTargetAsync(new DeleteTargetRequest { Id = target.Id }, cancellationToken: cancellationToken);
            }
        }

        while (await notifiers.ListNotifiersAsync(new ListNotifiersRequest(), cancellationToken: cancellationToken) is { Notifiers: { Count: > 0 } some })
        {
            foreach (var notifier in some)
            {
                await notifiers.DeleteNotifierAsync(new DeleteNotifierRequest { Id = notifier.Id }, cancellationToken: cancellationToken);
            }
        }

        mark.Clear();
    }

    // Notifiers are created first, so that a target that fails at once has somebody to tell.
    private async Task<List<ConfigFault>> CreateAsync(
        ConfigDocument configuration,
        bool validateOnly,
        LoadProgress count,
        CancellationToken cancellationToken)
    {
        var faults = new List<ConfigFault>();
        foreach (var entry in configuration.Notifiers)
        {
            await TryAsync(entry, faults, async () =>
            {
                var request = new CreateNotifierRequest { Notifier = entry.Resource, ValidateOnly = validateOnly };
                await notifiers.CreateNotifierAsync(request, cancellationToken: cancellationToken);
            });
            count.Next();
        }

        var next = 0;
        foreach (var some in EntryBatches.Of(configuration.Targets.Select(entry => entry.Resource)))
        {
            var request = new BatchCreateTargetsRequest { Targets = { some }, ValidateOnly = validateOnly };
            var answer = await targets.BatchCreateTargetsAsync(request, cancellationToken: cancellationToken);
            faults.AddRange(answer.Faults.SelectMany(fault => configuration.Targets[next + fault.Index].FaultsOf(fault)));
            for (var i = 0; i < some.Count; i++, next++)
            {
                count.Next();
            }
        }

        return faults;
    }

    private static async Task TryAsync<T>(ConfigEntry<T> entry, List<ConfigFault> faults, Func<Task> create)
    {
        try
        {
            await create();
        }
        catch (RpcException e) when (ServerFaults.IsOfEntry(e))
        {
            faults.AddRange(entry.FaultsOf(e));
        }
    }
}
