using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Scheduler.Maintenance;

public sealed class MaintenanceAdminTests : IAsyncLifetime
{
    private SchedulerHost _host = null!;
    private MaintenanceService.MaintenanceServiceClient _windows = null!;
    private TargetService.TargetServiceClient _targets = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulerHost.StartAsync(new StandIns());
        (_windows, _targets) = (new(_host.Channel), new(_host.Channel));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_window_is_created_read_listed_changed_and_deleted()
    {
        var made = (await _windows.CreateMaintenanceWindowAsync(new() { Window = Weekly("Backup") }, cancellationToken: TestContext.Current.CancellationToken)).Window;
        var read = (await _windows.GetMaintenanceWindowAsync(new() { Id = made.Id }, cancellationToken: TestContext.Current.CancellationToken)).Window;
        var listed = (await _windows.ListMaintenanceWindowsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Windows;
        var changed = (await _windows.UpdateMaintenanceWindowAsync(
            new()
            {
                Window = new() { Id = made.Id, Cron = new() { Line = "0 3 * * *", Duration = Duration.FromTimeSpan(TimeSpan.FromHours(1)), TimeZone = "UTC" } },
                UpdateMask = new() { Paths = { "cron" } },
            },
            cancellationToken: TestContext.Current.CancellationToken)).Window;
        await _windows.DeleteMaintenanceWindowAsync(new() { Id = made.Id }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((made.Weekly, 5, true), (read.Weekly, read.State.Occurrences.Count, read.Enabled));
        Assert.False(Assert.Single(listed).State.HasTargetCount);
        Assert.Equal(("Backup", "0 3 * * *", null), (changed.Name, changed.Cron.Line, changed.Weekly));
        Assert.Equal(StatusCode.NotFound, await FaultAsync(_windows.GetMaintenanceWindowAsync(new() { Id = made.Id }, cancellationToken: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_target_says_which_window_covers_it_now_and_until_when()
    {
        var shop = await AddTargetAsync("shop");
        var other = await AddTargetAsync("other");

        var window = (await _windows.CreateMaintenanceWindowAsync(
            new() { Window = new() { Name = "Move", Filter = "name = shop", Once = new() { Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(30)) } } },
            cancellationToken: TestContext.Current.CancellationToken)).Window;

        Assert.Equal((true, 1), (window.State.Active, window.State.TargetCount));
        Assert.Equal(window.Once.EndTime, window.State.ActiveUntilTime);
        Assert.Equal(
            new TargetMaintenance { WindowId = window.Id, WindowName = "Move", EndTime = window.Once.EndTime },
            (await _targets.GetTargetAsync(new() { Id = shop }, cancellationToken: TestContext.Current.CancellationToken)).Target.State.Maintenance);
        Assert.Equal(
            [(shop, "Move"), (other, null)],
            (await _targets.ListTargetsAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Targets.Select(target => (target.Id, target.State.Maintenance?.WindowName)));

        await _windows.DeleteMaintenanceWindowAsync(new() { Id = window.Id }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null((await _targets.GetTargetAsync(new() { Id = shop }, cancellationToken: TestContext.Current.CancellationToken)).Target.State.Maintenance);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var bad = new MaintenanceWindow { Name = " ", Filter = "team = x", Weekly = new() { Weekdays = "MOO", TimeOfDay = "25:00", TimeZone = "Nowhere" } };

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await _windows.CreateMaintenanceWindowAsync(new() { Window = bad }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal(
            ["window.name", "window.filter", "window.weekly.weekdays", "window.weekly.time_of_day", "window.weekly.duration", "window.weekly.time_zone"],
            fault.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_name_in_use_is_refused_and_a_check_creates_nothing()
    {
        await _windows.CreateMaintenanceWindowAsync(new() { Window = Weekly("x"), ValidateOnly = true }, cancellationToken: TestContext.Current.CancellationToken);
        await _windows.CreateMaintenanceWindowAsync(new() { Window = Weekly("x") }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(StatusCode.AlreadyExists, await FaultAsync(_windows.CreateMaintenanceWindowAsync(new() { Window = Weekly("x") }, cancellationToken: TestContext.Current.CancellationToken)));
        Assert.Equal(
            StatusCode.AlreadyExists,
            await FaultAsync(_windows.CreateMaintenanceWindowAsync(new() { Window = Weekly("x"), ValidateOnly = true }, cancellationToken: TestContext.Current.CancellationToken)));
    }

    private async Task<long> AddTargetAsync(string name) => (await _targets.CreateTargetAsync(
        new() { Target = new() { Name = name, Url = "http://127.0.0.1/" } },
        cancellationToken: TestContext.Current.CancellationToken)).Target.Id;

    private static MaintenanceWindow Weekly(string name) => new()
    {
        Name = name,
        Filter = "id > 0",
        Weekly = new() { Weekdays = "MON-FRI", TimeOfDay = "02:00", Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(45)), TimeZone = "Europe/Berlin" },
    };

    private static async Task<StatusCode> FaultAsync<T>(AsyncUnaryCall<T> call) => (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode;
}
