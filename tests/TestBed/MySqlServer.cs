using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Testcontainers.MySql;

namespace Skypunch.TestBed;

/// <summary>A real MySQL. Each test class creates its own database in it.</summary>
public sealed class MySqlServer : ContainerServer
{
    private const string RootPassword = "root";
    private const UnixFileModes Readable = UnixFileModes.UserRead | UnixFileModes.GroupRead | UnixFileModes.OtherRead;
    private readonly ServerCertificate? _certificate;

    public MySqlServer()
    {
    }

    internal MySqlServer(ServerCertificate certificate) => _certificate = certificate;

    public int Port { get; } = FreePort();

    /// <summary>Creates an empty database, and a user who has all rights in this database and none elsewhere.</summary>
    /// <returns>The connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartAsync();
        var name = $"t{Guid.NewGuid():N}"[..16];
        await using var connection = new MySqlConnection(ConnectionString("root", RootPassword, ""));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name is generated here
        command.CommandText = $"CREATE DATABASE {name}; CREATE USER {name} IDENTIFIED BY '{name}'; GRANT ALL ON {name}.* TO {name};";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return ConnectionString(name, name, name);
    }

    private protected override IContainer Build()
    {
        var server = Plain();
        return (_certificate is null ? server : server
            .WithResourceMapping(File.ReadAllBytes(_certificate.Certificate), "/tmp/tls.crt", 0, 0, Readable)
            .WithResourceMapping(File.ReadAllBytes(_certificate.Key), "/tmp/tls.key", 0, 0, Readable)
            .WithCommand("mysqld", "--ssl-cert=/tmp/tls.crt", "--ssl-key=/tmp/tls.key")).Build();
    }

    private MySqlBuilder Plain()
        => new MySqlBuilder(ContainerEngine.Image("MYSQL", "mysql:9.7"))
            .WithLogger(NullLogger.Instance)
            .WithLabel(ContainerEngine.RunLabel, ContainerEngine.Run)
            .WithUsername("root")
            .WithPassword(RootPassword)
            .WithPortBinding(Port, MySqlBuilder.MySqlPort)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(
                new MySqlAnswers(ConnectionString("root", RootPassword, "")),
                wait => wait.WithInterval(TimeSpan.FromMilliseconds(100))));

    private string ConnectionString(string user, string password, string database)
        => new MySqlConnectionStringBuilder
        {
            Server = Host,
            Port = (uint)Port,
            UserID = user,
            Password = password,
            Database = database,
        }.ConnectionString;
}
