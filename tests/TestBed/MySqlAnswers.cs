using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using MySqlConnector;

namespace Skypunch.TestBed;

/// <summary>Waits for a login from the host. The library's own way, the client's <c>--wait</c>, sleeps five seconds a time.</summary>
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
