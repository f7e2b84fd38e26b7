using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Skypunch.DatabaseDefaults;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Makes the context without a database for <c>dotnet ef migrations add NAME --context MySqlSchedulerDb -o Migrations/MySql</c>.
/// </summary>
internal sealed class MySqlDesignTimeFactory : IDesignTimeDbContextFactory<MySqlSchedulerDb>
{
    public MySqlSchedulerDb CreateDbContext(string[] args)
        => new((DbContextOptions<MySqlSchedulerDb>)new DbContextOptionsBuilder<MySqlSchedulerDb>()
            .UseSkypunchMySql("Server=localhost", SchedulerDb.Name).Options);
}

/// <summary>
/// Makes the context without a database for <c>dotnet ef migrations add NAME --context SqliteSchedulerDb -o Migrations/Sqlite</c>.
/// </summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteSchedulerDb>
{
    public SqliteSchedulerDb CreateDbContext(string[] args)
        => new((DbContextOptions<SqliteSchedulerDb>)new DbContextOptionsBuilder<SqliteSchedulerDb>()
            .UseSkypunchSqlite("Data Source=design-time.db", SchedulerDb.Name).Options);
}
