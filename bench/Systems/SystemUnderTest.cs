using System.Data.Common;
using System.Globalization;
using System.Text;
using Skypunch.Admin.V1;
using Skypunch.Bench.Processes;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.Systems;

/// <summary>
/// A running Skypunch. The bench fills its tables with SQL, as an operator may, and reads its state through the admin API.
/// </summary>
internal abstract class SystemUnderTest : IAsyncDisposable
{
    private const int RowsPerStatement = 500;

    /// <summary>The parts whose CPU time and memory count.</summary>
    public abstract IReadOnlyList<MeasuredPart> Parts { get; }

    /// <summary>Stops the system with SIGTERM, as an operator does.</summary>
    public abstract Task StopAsync();

    /// <summary>Starts the system again after a stop, on the same store, and waits until it is ready.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The system's own report of its state.</summary>
    public abstract Task<GetSystemStatusResponse> StatusAsync();

    /// <summary>Opens the database that has the targets.</summary>
    public abstract Task<DbConnection> OpenTargetsAsync();

    /// <summary>Opens the database that has the notifiers.</summary>
    protected abstract Task<DbConnection> OpenNotifiersAsync();

    /// <summary>Adds the targets in one transaction.</summary>
    public async Task AddTargetsAsync(IEnumerable<BenchTarget> targets)
    {
        await using var connection = await OpenTargetsAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var some in targets.Chunk(RowsPerStatement))
        {
            var rows = some.Select(t => string.Create(
                CultureInfo.InvariantCulture,
                $"({t.Id}, 'bench-{t.Id}', '{t.Url}', {t.Frequency}, {t.Timeout})"));
            var sql = new StringBuilder("INSERT INTO targets (id, name, url, frequency, timeout) VALUES ").AppendJoin(", ", rows);
            await ExecuteAsync(connection, sql.ToString(), transaction);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Adds a notifier whose mails go to the mail sink.</summary>
    public async Task AddNotifierAsync(int mailPort)
    {
        await using var connection = await OpenNotifiersAsync();
        var parameters = $"server=127.0.0.1,port={mailPort},security=none,from=skypunch@example.org";
        await ExecuteAsync(connection, $"INSERT INTO notifiers (name, address, params) VALUES ('bench', 'ops@example.org', '{parameters}')");
    }

    /// <summary>Runs a statement on the database that has the targets.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenTargetsAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
    }
}
