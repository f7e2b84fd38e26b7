using Microsoft.EntityFrameworkCore;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>The tables in MySQL.</summary>
internal sealed class MySqlNotifierDb(DbContextOptions<MySqlNotifierDb> options) : NotifierDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // As in SQLite, 'ops' and 'Ops' are two names.
        modelBuilder.Entity<StoredNotifier>().Property(n => n.Name).UseCollation("utf8mb4_bin");
    }
}
