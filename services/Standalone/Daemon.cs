using Grpc.Core;
using Microsoft.Extensions.Options;
using Skypunch.ConfigFile;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone.DataFolders;
using Skypunch.Standalone.FirstStart;

namespace Skypunch.Standalone;

/// <summary>The daemon from its start to its end.</summary>
internal sealed partial class Daemon(DaemonArguments arguments, Terminal terminal)
{
    private static readonly TimeSpan NoteAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code: 0, or 1 where it could not start; the user has been told why.</returns>
    public async Task<int> RunAsync()
    {
        try
        {
            var folder = DataFolder.Open(arguments.Data);
            using var held = await DataFolderLock.TakeAsync(folder, TimeProvider.System, CancellationToken.None);
            await RunInAsync(folder);
            return 0;
        }
        catch (Exception e) when (e is StartupException or OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            terminal.Fail(e.Message);
            return 1;
        }
        catch (Exception e)
        {
            var reason = e is RpcException call ? call.Status.Detail : e.Message;
            terminal.Fail($"Skypunch could not start: {reason} The log may say more: {new DataFolder(arguments.Data).LogFile}");
            return 1;
        }
    }

    /// <summary>Asks the daemon of a data folder whether it is ready.</summary>
    /// <returns>The exit code: 0 where it is, 1 where it is not.</returns>
    public static async Task<int> AskHealthAsync(DaemonArguments arguments)
    {
        var folder = new DataFolder(arguments.Data);
        if (DataFolders.DaemonFile.Read(folder.DaemonFile) is { } daemon)
        {
            return await HealthQuestion.AskAsync(daemon.HealthUrl);
        }

        await Console.Error.WriteLineAsync($"Skypunch does not run in {folder.Path}, or is not ready yet.");
        return 1;
    }

    private async Task RunInAsync(DataFolder folder)
    {
        File.Delete(folder.DaemonFile); // left by a daemon that was killed
        var builder = DaemonHost.CreateBuilder(folder, arguments, terminal);
        var endpoints = new DaemonEndpoints(builder.Configuration);
        var configuration = StartConfiguration.Read(arguments.Config, endpoints.HealthUrl);
        if (!File.Exists(folder.SchedulerStore) || File.Exists(folder.LoadMarkFile))
        {
            StartConfiguration.ThrowIfFaulty(configuration);
        }

        StoreCheck.EnsureUsable(folder.SchedulerStore);
        StoreCheck.EnsureUsable(folder.NotifierStore);
        StoreCheck.EnsureWhole(folder.SchedulerStore, folder.NotifierStore);
        StoreCheck.EnsureWhole(folder.NotifierStore, folder.SchedulerStore);
        endpoints.EnsureFree();
        await using var app = DaemonHost.Build(builder);
        var logger = app.Services.GetRequiredService<ILogger<Daemon>>();
        try
        {
            await ServeAsync(app, endpoints, configuration, folder, logger);
        }
        catch (Exception e)
        {
            if (e is StartupException)
            {
                LogNotStarted(logger, e.Message);
            }
            else
            {
                LogFailed(logger, e);
            }

            await app.StopAsync();
            throw;
        }
        finally
        {
            File.Delete(folder.DaemonFile);
        }
    }

    private async Task ServeAsync(WebApplication app, DaemonEndpoints endpoints, ConfigDocument? configuration, DataFolder folder, ILogger logger)
    {
        await app.StartAsync();
        try
        {
            await HostReadiness.WaitAsync(app, folder.LogFile, terminal.Say);
            await LoadAsync(app, endpoints, configuration, new LoadMark(folder.LoadMarkFile));
            await NoteReadyAsync(app, endpoints, folder, logger);
        }
        catch (Exception e) when (app.Lifetime.ApplicationStopping.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            terminal.Say("stopped before it was ready"); // by a signal, which is no failure
            await app.StopAsync();
            LogStopped(logger);
            return;
        }

        LogReady(logger, SkypunchVersion.Current, endpoints.AdminUrl, folder.Path);
        BecomeReady(folder);
        await app.WaitForShutdownAsync();
        LogStopped(logger);
    }

    // What is watched already is watched on where the disk is full just now.
    private async Task NoteReadyAsync(WebApplication app, DaemonEndpoints endpoints, DataFolder folder, ILogger logger)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var daemon = new DaemonFile(Environment.ProcessId, endpoints.AdminUrl, endpoints.HealthUrl, endpoints.WebUrl, SkypunchVersion.Current, folder.LogFile, clock.GetUtcNow());
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                daemon.Write(folder.DaemonFile);
                StoreCheck.MarkUsed(folder.SchedulerStore);
                StoreCheck.MarkUsed(folder.NotifierStore);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartupException)
            {
                if (!isTold)
                {
                    LogNotNoted(logger, folder.Path, e.Message);
                    terminal.Say($"{folder.Path} cannot be written to, and the command line finds this daemon only when it can: {e.Message}");
                }

                await Task.Delay(NoteAgainAfter, clock, app.Lifetime.ApplicationStopping);
            }
        }
    }

    private void BecomeReady(DataFolder folder)
    {
        if (arguments.Background)
        {
            // The folder that the user stood in can be removed or unmounted.
            Environment.CurrentDirectory = folder.Path;
        }

        terminal.Ready();
    }

    private async Task LoadAsync(WebApplication app, DaemonEndpoints endpoints, ConfigDocument? configuration, LoadMark mark)
    {
        using var api = new OwnApi(endpoints.AdminUrl, app.Configuration);
        var load = new FirstLoad(api.Targets, api.Notifiers, mark, app.Services.GetRequiredService<TimeProvider>());
        if (await load.UndoInterruptedAsync(app.Lifetime.ApplicationStopping))
        {
            terminal.Say("the first load was interrupted: what it had loaded was deleted.");
        }

        if (!await load.IsStoreEmptyAsync(app.Lifetime.ApplicationStopping))
        {
            if (arguments.Config is { } given)
            {
                terminal.Say($"{given} was not loaded: there are targets or notifiers already, and only an empty store is filled from a file.");
            }

            return;
        }

        StartConfiguration.ThrowIfFaulty(configuration);
        if (configuration is null)
        {
            terminal.Say($"nothing is watched yet: there is no {ConfigDocument.DefaultName} in the current folder.");
            return;
        }

        await load.LoadAsync(
            configuration,
            (taken, total) => terminal.Say($"loading {configuration.Name}: {100 * taken / total} %"),
            app.Lifetime.ApplicationStopping);
        var loaded = $"{Count(configuration.Targets.Count, "target")} and {Count(configuration.Notifiers.Count, "notifier")}";
        terminal.Say($"loaded {loaded} from {configuration.Name}");
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    [LoggerMessage(Level = LogLevel.Information, Message = "Skypunch {Version} is ready: admin API {AdminUrl}, data {Folder}.")]
    private static partial void LogReady(ILogger logger, string version, string adminUrl, string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Folder} cannot be written to, and the command line finds this daemon only when it can. It is tried every second: {Reason}")]
    private static partial void LogNotNoted(ILogger logger, string folder, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Skypunch has stopped.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Skypunch could not start: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Skypunch ends because of a fault.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
