using MySqlConnector;
using Skypunch.TestBed;

namespace Skypunch.IntegrationTests.Servers;

public sealed class MySqlServerTests(MySqlServer mysql)
{
    [Fact]
    public async Task Two_databases_do_not_see_each_other()
    {
        await using var one = await OpenAsync(await mysql.CreateDatabaseAsync());
        await using var other = await OpenAsync(await mysql.CreateDatabaseAsync());
        await RunAsync(one, "CREATE TABLE targets (id INT PRIMARY KEY)");

        var refusal = await Assert.ThrowsAsync<MySqlException>(() => RunAsync(other, $"SELECT * FROM {one.Database}.targets"));

        Assert.Equal(MySqlErrorCode.TableAccessDenied, refusal.ErrorCode);
        Assert.Equal(0L, await RunAsync(other, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"));
    }

    [Fact]
    public async Task A_stopped_server_refuses_and_keeps_its_port_and_data()
    {
        await using var own = new MySqlServer();
        var database = await own.CreateDatabaseAsync();
        await using (var before = await OpenAsync(database))
        {
            await RunAsync(before, "CREATE TABLE targets (id INT PRIMARY KEY)");
        }

        await own.StopAsync();
        await Assert.ThrowsAsync<MySqlException>(() => OpenAsync(database));
        await own.RestartAsync();

        await using var after = await OpenAsync(database);
        Assert.Equal(0L, await RunAsync(after, "SELECT COUNT(*) FROM targets"));
    }

    [Fact]
    public async Task A_paused_server_does_not_answer_until_it_is_resumed()
    {
        await using var own = new MySqlServer();
        var database = await own.CreateDatabaseAsync();
        var impatient = new MySqlConnectionStringBuilder(database) { ConnectionTimeout = 1 }.ConnectionString;

        await own.PauseAsync();
        await Assert.ThrowsAsync<MySqlException>(() => OpenAsync(impatient));
        await own.ResumeAsync();

        await using var after = await OpenAsync(database);
        Assert.Equal(1L, await RunAsync(after, "SELECT 1"));
    }

    private static async Task<MySqlConnection> OpenAsync(string connectionString)
    {
        var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task<object?> RunAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
