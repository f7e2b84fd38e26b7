using Microsoft.EntityFrameworkCore;

namespace Skypunch.Notifier.Store;

/// <summary>The tables in SQLite.</summary>
internal sealed class SqliteNotifierDb(DbContextOptions<SqliteNotifierDb> options) : NotifierDb(options);
