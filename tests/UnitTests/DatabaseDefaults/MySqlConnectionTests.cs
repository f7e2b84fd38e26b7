using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Store;
using Skypunch.Scheduler.Targets;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.DatabaseDefaults;

public sealed class MySqlConnectionTests
{
    [Theory]
    [InlineData("", 4)]
    [InlineData(";Maximum Pool Size=2", 2)]
    [InlineData(";Minimum Pool Size=7", 7)]
    public void A_few_connections_are_kept_open_unless_the_operator_says_otherwise(string pool, uint expected)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Scheduler"] = $"Server=localhost;Database=skypunch{pool}" });
        builder.AddSkypunchDatabase<SchedulerDb, MySqlSchedulerDb, SqliteSchedulerDb, Target>("Scheduler", SecretBox.TargetPurpose);
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();

        var connection = new MySqlConnectionStringBuilder(scope.ServiceProvider.GetRequiredService<SchedulerDb>().Database.GetConnectionString()!);

        Assert.Equal(expected, connection.MinimumPoolSize);
    }
}
