using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Skypunch.DatabaseDefaults;

namespace Skypunch.Notifier.Store;

/// <summary>For <c>dotnet ef migrations add</c>, which needs no database.</summary>
internal sealed class MySqlNotifierDbDesign : IDesignTimeDbContextFactory<MySqlNotifierDb>
{
    public MySqlNotifierDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<MySqlNotifierDb>();
        options.UseSkypunchMySql("Server=localhost", NotifierDb.Name);
        return new MySqlNotifierDb(options.Options);
    }
}

/// <summary>For <c>dotnet ef migrations add</c>, which needs no database.</summary>
internal sealed class SqliteNotifierDbDesign : IDesignTimeDbContextFactory<SqliteNotifierDb>
{
    public SqliteNotifierDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteNotifierDb>();
        options.UseSkypunchSqlite("Data Source=:memory:", NotifierDb.Name);
        return new SqliteNotifierDb(options.Options);
    }
}
