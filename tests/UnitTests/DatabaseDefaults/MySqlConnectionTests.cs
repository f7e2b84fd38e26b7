using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Store;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class MySqlConnectionTests
{
    [Theory]
    [InlineData("", 4, 60)]
    [InlineData(";Maximum Pool Size=2", 2, 60)]
    [InlineData(";minimum pool size=7;keepalive=30", 7, 30)]
    [InlineData(";MinPoolSize=0;Keep Alive=0", 0, 0)]
    public void A_few_connections_are_kept_open_unless_the_operator_says_otherwise(string pool, uint kept, uint keepAlive)
    {
        var connection = Connection(pool);

        Assert.Equal((kept, keepAlive), (connection.MinimumPoolSize, connection.Keepalive));
    }

    [Theory]
    [InlineData("", 5, 10)]
    [InlineData(";Connect Timeout=20;Command Timeout=40", 20, 40)]
    public void A_database_that_hangs_is_given_up_after_seconds_unless_the_operator_says_otherwise(string timeouts, uint connect, uint command)
    {
        var connection = Connection(timeouts);

        Assert.Equal((connect, command), (connection.ConnectionTimeout, connection.DefaultCommandTimeout));
    }

    [Theory]
    [InlineData(";Password=abc;s3cr3t")]
    [InlineData(";Password=abc;s3cr3t=x")]
    [InlineData(";Password=abc;Port=s3cr3t")]
    [InlineData(";Password=abc;SslMode=s3cr3t")]
    [InlineData(";Password=\"abc;s3cr3t")]
    public void A_password_with_a_semicolon_is_not_told_in_part(string password)
    {
        var fault = Assert.Throws<StartupException>(() => Connection(password));

        Assert.StartsWith("ConnectionStrings:Scheduler is malformed", fault.Message, StringComparison.Ordinal);
        Assert.Contains("stands in quotes", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault.ToString(), StringComparison.Ordinal);
    }

    private static MySqlConnectionStringBuilder Connection(string more)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Scheduler"] = $"Server=localhost;Database=skypunch{more}" });
        builder.AddSkypunchDatabase<SchedulerDb, MySqlSchedulerDb, SqliteSchedulerDb, Target>("Scheduler", SecretPurpose.Targets, []);
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();
        return new MySqlConnectionStringBuilder(scope.ServiceProvider.GetRequiredService<SchedulerDb>().Database.GetConnectionString()!);
    }
}
