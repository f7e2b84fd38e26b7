using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using MySqlConnector;

namespace Skypunch.Bench.Systems;

/// <summary>
/// Waits until a login from the host succeeds. The library's own check, the client's <c>--wait</c>, sleeps five seconds each time.
/// </summary>
internal sealed class MySqlAnswers(string connectionString) : IWaitUntil
{
    public async Task<bool> UntilAsync(IContainer container)
    {
        var impatient = new MySqlConnectionStringBuilder(connectionString) { Pooling = false, ConnectionTimeout = 2 };
        await using var connection = new MySqlConnection(impatient.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }
}
