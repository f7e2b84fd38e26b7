using Microsoft.EntityFrameworkCore;
using Skypunch.Bench.Systems;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.History;

/// <summary>A history in a MySQL of its own, with the server's default settings.</summary>
internal sealed class MySqlHistoryStore : HistoryStore
{
    private readonly Backends _backends;

    private MySqlHistoryStore(Backends backends) => _backends = backends;

    protected override string Name => "CONCAT('bench-', value)";

    public static async Task<MySqlHistoryStore> StartAsync()
    {
        await TestBed.PrepareAsync();
        return new MySqlHistoryStore(await Backends.StartAsync());
    }

    public override SchedulerDb Open() => new MySqlSchedulerDb((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql($"{_backends.ConnectionString};Allow User Variables=true;GUID Format=Char36", SchedulerDb.Name).Options);

    public override ValueTask DisposeAsync() => _backends.DisposeAsync();

    // The binary log would only take disk.
    protected override Task PrepareAsync(SchedulerDb db, int targets) => DoAsync(db, $"SET SESSION cte_max_recursion_depth = {targets + 1}, SESSION sql_log_bin = 0");

    protected override Task<long> SizeAsync(SchedulerDb db, string table) => db.Database
        .SqlQueryRaw<long>("SELECT CAST(file_size AS SIGNED) AS Value FROM information_schema.innodb_tablespaces WHERE name = CONCAT(DATABASE(), '/', {0})", table).SingleAsync();

    protected override string Instant(string seconds) => $"TIMESTAMPADD(SECOND, {seconds}, '1970-01-01')";
}
