using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Skypunch.DatabaseDefaults;

/// <summary>
/// Sets up each SQLite connection. Readers and the writer do not block each other (WAL). A commit survives a crash of the process without a
/// wait for the disk (synchronous=NORMAL, see sqlite.org/pragma.html#pragma_synchronous). A writer waits for the lock, which SQLite polls
/// in short steps (busy_timeout). Deleted and overwritten content is erased from the file (secure_delete), since it may have been a secret
/// that was written in plain by hand in SQL.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000; PRAGMA busy_timeout = 10000; PRAGMA secure_delete = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
