using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Cli;

public sealed class MaintenanceVerbsTests : IAsyncLifetime
{
    private AdminServer _server = null!;
    private CliSetting _setting = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AdminServer.StartAsync();
        _setting = new CliSetting(_server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _setting.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("maintenance.txt", "maintenance")]
    [InlineData("maintenance.json", "maintenance", "-o", "json")]
    [InlineData("maintenance-window.txt", "maintenance", "Backup")]
    [InlineData("maintenance-once.txt", "maintenance", "2")]
    public async Task Windows_are_printed_as_in_the_golden_file(string golden, params string[] args)
    {
        AddSamples();

        var run = await CliRun.OfAsync(_setting, args);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Matches(golden, run.Out);
    }

    [Fact]
    public async Task A_target_is_in_maintenance_for_so_long_from_now_on()
    {
        _server.Targets.All.Add(8, Samples.New(8, "Shop"));

        var run = await CliRun.OfAsync(_setting, "maintenance", "now", "30m", "8", "--description", "new disks");

        var window = Assert.Single(_server.Maintenance.All.Values);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(("id = 8", "new disks", TimeSpan.FromMinutes(30)), (window.Filter, window.Description, window.Once.Duration.ToTimeSpan()));
        Assert.Null(window.Once.StartTime); // by the server's clock
        Assert.StartsWith("Shop ", window.Name, StringComparison.Ordinal);
        Assert.StartsWith($"Window: {window.Name} has been Added with id 1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_targets_are_in_maintenance_by_a_filter()
    {
        await CliRun.OfAsync(_setting, "maintenance", "now", "2h", "--filter", "group : shop", "--name", "Move");

        Assert.Equal(("Move", "group : shop"), (_server.Maintenance.All[1].Name, _server.Maintenance.All[1].Filter));
    }

    [Theory]
    [InlineData("which targets?", "now", "30m")]
    [InlineData("exclude each other", "now", "30m", "8", "--filter", "id > 0")]
    [InlineData("TIME: must be whole seconds", "now", "soon", "8")]
    [InlineData("when?", "add", "x", "--filter", "id > 0")]
    [InlineData("when?", "add", "x", "--filter", "id > 0", "--for", "1h")]
    [InlineData("--cron and --weekly exclude each other", "add", "x", "--filter", "id > 0", "--cron", "0 0 * * *", "--weekly", "MON")]
    [InlineData("--end and --for exclude each other", "add", "x", "--filter", "id > 0", "--end", "2026-12-01", "--for", "1h")]
    [InlineData("--start: must be a date", "add", "x", "--filter", "id > 0", "--start", "7d", "--for", "1h")]
    [InlineData("which window? Give its ID: 'skypunch maintenance' lists them", "delete")]
    public async Task What_is_not_clear_is_asked(string words, params string[] args)
    {
        var run = await CliRun.OfAsync(_setting, ["maintenance", .. args]);

        Assert.Equal(64, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Maintenance.All);
    }

    [Fact]
    public async Task A_window_is_added_with_its_schedule()
    {
        await CliRun.OfAsync(_setting, "maintenance", "add", "a", "--filter", "id > 0", "--weekly", "MON-FRI", "--at", "02:00", "--for", "45m", "--zone", "Europe/Berlin");
        await CliRun.OfAsync(_setting, "maintenance", "add", "b", "--filter", "id > 0", "--cron", "0 22 * * TUE#2", "--for", "4h", "--zone", "UTC", "--disabled");
        await CliRun.OfAsync(_setting, "maintenance", "add", "c", "--filter", "id > 0", "--start", "2026-12-01T22:30", "--end", "2026-12-02T04:00Z");

        var all = _server.Maintenance.All;
        Assert.Equal(
            new MaintenanceWeekly { Weekdays = "MON-FRI", TimeOfDay = "02:00", Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(45)), TimeZone = "Europe/Berlin" },
            all[1].Weekly);
        Assert.Equal(new MaintenanceCron { Line = "0 22 * * TUE#2", Duration = Duration.FromTimeSpan(TimeSpan.FromHours(4)), TimeZone = "UTC" }, all[2].Cron);
        Assert.False(all[2].Enabled);
        Assert.Equal(
            (new DateTime(2026, 12, 1, 20, 30, 0, DateTimeKind.Utc), new DateTime(2026, 12, 2, 4, 0, 0, DateTimeKind.Utc)), // the machine is two hours ahead
            (all[3].Once.StartTime.ToDateTime(), all[3].Once.EndTime.ToDateTime()));
    }

    [Fact]
    public async Task What_is_not_given_stays_as_it_is()
    {
        AddSamples();

        var run = await CliRun.OfAsync(_setting, "maintenance", "edit", "Backup", "--for", "2h", "--description", "longer");

        var window = _server.Maintenance.All[1];
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["description", "weekly"], _server.Maintenance.Mask!.Paths);
        Assert.Equal(("MON-FRI", "02:00", TimeSpan.FromHours(2), "longer"), (window.Weekly.Weekdays, window.Weekly.TimeOfDay, window.Weekly.Duration.ToTimeSpan(), window.Description));
    }

    [Fact]
    public async Task A_window_ends_early()
    {
        AddSamples();

        var before = _setting.Time.GetUtcNow();
        await CliRun.OfAsync(_setting, "maintenance", "2", "edit", "--end", "now");
        var deleted = await CliRun.OfAsync(_setting, "maintenance", "delete", "1");

        Assert.InRange(_server.Maintenance.All[2].Once.EndTime.ToDateTimeOffset(), before, _setting.Time.GetUtcNow());
        Assert.Equal("Window: Backup has been Deleted\n", deleted.Out);
        Assert.Equal([2, 3], _server.Maintenance.All.Keys);
    }

    [Fact]
    public async Task A_window_that_comes_again_does_not_become_one_that_comes_once_by_its_end_alone()
    {
        AddSamples();

        var run = await CliRun.OfAsync(_setting, "maintenance", "edit", "Backup", "--end", "now");
        await CliRun.OfAsync(_setting, "maintenance", "edit", "Patches", "--start", "2026-12-01T22:30", "--end", "2026-12-02T04:00Z");

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("--end: does not belong to a window that comes again", run.Error, StringComparison.Ordinal);
        Assert.NotNull(_server.Maintenance.All[1].Weekly);
        Assert.NotNull(_server.Maintenance.All[3].Once);
    }

    [Fact]
    public async Task A_window_that_there_is_not_is_named_with_what_lists_them()
    {
        var byId = await CliRun.OfAsync(_setting, "maintenance", "7");
        var byName = await CliRun.OfAsync(_setting, "maintenance", "Nightly");

        Assert.Contains("there is no window with id 7; 'skypunch maintenance' lists them", byId.Error, StringComparison.Ordinal);
        Assert.Contains("there is no window named 'Nightly'; 'skypunch maintenance' lists them", byName.Error, StringComparison.Ordinal);
    }

    private void AddSamples()
    {
        _server.Maintenance.All.Add(1, new MaintenanceWindow
        {
            Id = 1,
            Name = "Backup",
            Description = "The databases are locked.",
            Filter = "labels.db : *",
            Enabled = true,
            Weekly = new MaintenanceWeekly { Weekdays = "MON-FRI", TimeOfDay = "02:00", Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(45)), TimeZone = "Europe/Berlin" },
            State = new MaintenanceState
            {
                TargetCount = 12,
                Occurrences = { Occurrence(new DateTime(2026, 11, 30, 1, 0, 0, DateTimeKind.Utc), 45), Occurrence(new DateTime(2026, 12, 1, 1, 0, 0, DateTimeKind.Utc), 45) },
            },
        });
        var (start, end) = (new DateTime(2026, 11, 28, 20, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 28, 22, 30, 15, DateTimeKind.Utc));
        _server.Maintenance.All.Add(2, new MaintenanceWindow
        {
            Id = 2,
            Name = "Shop 2026-11-28 22:00:00",
            Filter = "id = 8",
            Enabled = true,
            Once = new MaintenanceOnce { StartTime = start.ToTimestamp(), EndTime = end.ToTimestamp() },
            State = new MaintenanceState
            {
                Active = true,
                ActiveUntilTime = end.ToTimestamp(),
                TargetCount = 1,
                Occurrences = { new MaintenanceOccurrence { StartTime = start.ToTimestamp(), EndTime = end.ToTimestamp() } },
            },
        });
        _server.Maintenance.All.Add(3, new MaintenanceWindow
        {
            Id = 3,
            Name = "Patches",
            Filter = "id > 0",
            Enabled = false,
            Cron = new MaintenanceCron { Line = "0 22 * * TUE#2", Duration = Duration.FromTimeSpan(TimeSpan.FromHours(4)), TimeZone = "UTC" },
            State = new MaintenanceState { TargetCount = 40 },
        });
    }

    private static MaintenanceOccurrence Occurrence(DateTime start, int minutes)
        => new() { StartTime = start.ToTimestamp(), EndTime = start.AddMinutes(minutes).ToTimestamp() };
}
