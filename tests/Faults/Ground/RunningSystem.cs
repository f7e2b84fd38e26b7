using System.Data.Common;
using System.Globalization;

namespace Skypunch.Faults.Ground;

/// <summary>A running Skypunch: its processes, and its store, which the tests read with SQL as an operator would.</summary>
internal abstract class RunningSystem : IAsyncDisposable
{
    /// <summary>All processes.</summary>
    public abstract IReadOnlyList<ServiceProcess> Parts { get; }

    /// <summary>Opens the database that has targets and changes.</summary>
    public abstract Task<DbConnection> OpenTargetsAsync();

    /// <summary>Opens the database that has notifiers and deliveries.</summary>
    public abstract Task<DbConnection> OpenNotifiersAsync();

    public abstract Task WaitUntilReadyAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a statement on the database that has targets.</summary>
    public async Task DoAsync(string sql)
    {
        await using var connection = await OpenTargetsAsync();
        await DoAsync(connection, sql);
    }

    /// <summary>Runs a statement on the database that has notifiers.</summary>
    public async Task DoWithNotifiersAsync(string sql)
    {
        await using var connection = await OpenNotifiersAsync();
        await DoAsync(connection, sql);
    }

    /// <summary>Queries the database that has targets.</summary>
    public async Task<List<T>> AskAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await OpenTargetsAsync();
        return await AskAsync(connection, sql, read);
    }

    /// <summary>Queries the database that has notifiers.</summary>
    public async Task<List<T>> AskNotifiersAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await OpenNotifiersAsync();
        return await AskAsync(connection, sql, read);
    }

    /// <summary>Queries the database that has targets for a number; 0 for null.</summary>
    public async Task<long> CountAsync(string sql) => (await AskAsync(sql, Number)).Single();

    /// <summary>Queries the database that has notifiers for a number; 0 for null.</summary>
    public async Task<long> CountWithNotifiersAsync(string sql) => (await AskNotifiersAsync(sql, Number)).Single();

    private static long Number(DbDataReader row) => row.IsDBNull(0) ? 0 : Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture);

    private static async Task<List<T>> AskAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task DoAsync(DbConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // the SQL is the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
