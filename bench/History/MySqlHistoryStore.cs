using Microsoft.EntityFrameworkCore;
using Skypunch.Bench.Systems;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;

namespace Skypunch.Bench.History;

/// <summary>A history in MySQL.</summary>
internal sealed class MySqlHistoryStore : HistoryStore
{
    private readonly Backends? _backends;
    private readonly string _connection;

    private MySqlHistoryStore(Backends? backends, string connection)
    {
        _backends = backends;
        _connection = $"{connection};Allow User Variables=true;GUID Format=Char36";
    }

    protected override string Name => "CONCAT('bench-', value)";

    /// <summary>Opens a store.</summary>
    /// <param name="connection">The connection string of an empty database, or of one that was filled before; null: a new MySQL.</param>
    public static async Task<MySqlHistoryStore> StartAsync(string? connection)
    {
        if (connection is not null)
        {
            return new MySqlHistoryStore(null, connection);
        }

        await TestBed.PrepareAsync();
        var backends = await Backends.StartAsync();
        return new MySqlHistoryStore(backends, backends.ConnectionString);
    }

    public override SchedulerDb Open() => new MySqlSchedulerDb((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
        .UseSkypunchMySql(_connection, SchedulerDb.Name).Options);

    public override async Task<bool> IsFilledAsync()
    {
        await using var db = Open();
        return await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'incidents'").SingleAsync() > 0;
    }

    public override ValueTask DisposeAsync() => _backends?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The binary log would only take disk.
    protected override Task PrepareAsync(SchedulerDb db, int targets) => DoAsync(db, $"SET SESSION cte_max_recursion_depth = {targets + 1}, SESSION sql_log_bin = 0");

    protected override Task<long> SizeAsync(SchedulerDb db, string table) => db.Database
        .SqlQueryRaw<long>("SELECT CAST(file_size AS SIGNED) AS Value FROM information_schema.innodb_tablespaces WHERE name = CONCAT(DATABASE(), '/', {0})", table).SingleAsync();

    protected override string Instant(string seconds) => $"TIMESTAMPADD(SECOND, {seconds}, '1970-01-01')";
}
