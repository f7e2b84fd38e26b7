using System.Data.Common;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.DatabaseDefaults;

/// <summary>Adds a database, MySQL or SQLite as the settings say, and has it migrated at the start.</summary>
public static class DatabaseExtensions
{
    // The oldest version that has all that Skypunch uses, such as SKIP LOCKED and JSON_TABLE. Pomelo generates SQL for this version.
    private static readonly MySqlServerVersion OldestMySql = new(new Version(8, 0, 21));

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private const uint KeptConnections = 4;
    private const uint KeepAliveSeconds = 60;
    private const uint ConnectSeconds = 5;
    private const uint CommandSeconds = 10;

    /// <summary>
    /// Adds the context under its base type. Each provider has a context type of its own, since migrations belong to a context type. The
    /// connection string is the setting <c>ConnectionStrings:NAME</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The owner of the tables.</param>
    /// <param name="secretsPurpose">The purpose for which the secrets in the owner's rows are sealed.</param>
    /// <param name="secretColumns">The columns that hold sealed secrets.</param>
    /// <typeparam name="TContext">The base type of the context.</typeparam>
    /// <typeparam name="TMySql">The context's type for MySQL.</typeparam>
    /// <typeparam name="TSqlite">The context's type for SQLite.</typeparam>
    /// <typeparam name="TSecrets">The rows that hold sealed texts.</typeparam>
    /// <exception cref="StartupException">The connection string is missing or malformed.</exception>
    public static WebApplicationBuilder AddSkypunchDatabase<TContext, TMySql, TSqlite, TSecrets>(
        this WebApplicationBuilder builder,
        string name,
        SecretPurpose secretsPurpose,
        IReadOnlyList<string> secretColumns)
        where TContext : DbContext
        where TMySql : TContext
        where TSqlite : TContext
    {
        var provider = builder.Configuration.GetValue("Database:Provider", DatabaseProvider.MySql);
        var connection = ConnectionString(builder.Configuration, name, provider);
        if (provider is DatabaseProvider.Sqlite)
        {
            builder.Services.AddDbContext<TContext, TSqlite>(options => options.UseSkypunchSqlite(connection.ConnectionString, name));
            builder.Services.AddSingleton<WriteAheadLog<TContext>>().AddHostedService(services => services.GetRequiredService<WriteAheadLog<TContext>>());
        }
        else
        {
            builder.Services.AddDbContextPool<TContext, TMySql>(options => options.UseSkypunchMySql(connection.ConnectionString, name));
        }

        builder.Services.AddSingleton(services => new StoreWriter<TContext>(services.GetRequiredService<IServiceScopeFactory>(), provider));
        builder.Services.AddSingleton<StorePatience<TContext>>();

        // So long a stop waits for consumers whose messages wait for the store.
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.ConsumerStopTimeout = StopPatience);
        var gate = new StartupGate($"the {name} database");
        builder.Services.AddSingleton(gate).AddKeyedSingleton(name, gate);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<Migrator<TContext>>(services, gate));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<StoreWatch<TContext>>(services, gate));
        if (provider is DatabaseProvider.Sqlite)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<StoreWatch<TContext>>());
        }

        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<Resealer<TContext, TSecrets>>(services, secretsPurpose, secretColumns));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"{name} database".ToLowerInvariant(),
            services => ActivatorUtilities.CreateInstance<DatabaseHealthCheck<TContext>>(services, gate),
            HealthStatus.Unhealthy,
            [ReadyTag.Name]));
        return builder;
    }

    /// <summary>Uses MySQL, with a migrations table for this owner.</summary>
    public static DbContextOptionsBuilder UseSkypunchMySql(this DbContextOptionsBuilder options, string connectionString, string owner)
        => options.UseMySql(connectionString, OldestMySql, mySql => mySql.MigrationsHistoryTable(HistoryTable(owner)));

    /// <summary>Uses SQLite, with a migrations table for this owner.</summary>
    public static DbContextOptionsBuilder UseSkypunchSqlite(this DbContextOptionsBuilder options, string connectionString, string owner)
        => options.UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable(HistoryTable(owner)))
            .AddInterceptors(new SqlitePragmas());

    /// <summary>Stores every instant as a UTC date and time, which both databases can compare.</summary>
    /// <param name="configuration">The conventions of a context.</param>
    /// <param name="isSqlite">Whether the context is for SQLite, which stores instants as texts.</param>
    public static void StoreInstantsInUtc(this ModelConfigurationBuilder configuration, bool isSqlite)
    {
        var instants = configuration.Properties<DateTimeOffset>();
        _ = isSqlite ? instants.HaveConversion<TextConverter>() : instants.HaveConversion<UtcConverter>();
    }

    private static string HistoryTable(string owner) => $"__{owner}_migrations".ToLowerInvariant();

    private static DbConnectionStringBuilder ConnectionString(ConfigurationManager configuration, string name, DatabaseProvider provider)
    {
        var text = configuration.GetConnectionString(name) ?? throw new StartupException(
            $"ConnectionStrings:{name} must give the database, such as 'Server=localhost;Database=skypunch;User=skypunch;Password=...'.");
        try
        {
            return provider is DatabaseProvider.Sqlite
                ? new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(text) { Pooling = false } // the pool may give one out twice: dotnet/efcore#39008
                : MySqlConnection(new MySqlConnector.MySqlConnectionStringBuilder(text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // The exception's message is left out, since it may contain a part of the password: what follows an unquoted ';' in a password
            // is taken for the name of an option, which the message names.
            throw new StartupException(
                $"ConnectionStrings:{name} is malformed: it must be NAME=VALUE with ';' between, each NAME an option of {provider}; a value with ';' or '=' in it, such as a "
                + "password, stands in quotes: Password=\"...\".");
        }
    }

    private static MySqlConnector.MySqlConnectionStringBuilder MySqlConnection(MySqlConnector.MySqlConnectionStringBuilder connection)
    {
        connection.AllowUserVariables = true;
        connection.GuidFormat = MySqlConnector.MySqlGuidFormat.Char36;

        // A date 0000-00-00 would throw when its row is read. So it reads as the year 1, which UtcConverter makes 1970.
        connection.ConvertZeroDateTime = true;

        // A reset costs two round trips each time a connection is taken from the pool. It is not needed: a session has no state but the
        // isolation level of LockingTransaction.
        connection.ConnectionReset = false;
        if (!connection.ContainsKey("Minimum Pool Size"))
        {
            // A few connections stay open, so that the announcement of a failure after a quiet night does not wait for handshakes: one
            // handshake takes longer than everything else between a probe and its message.
            connection.MinimumPoolSize = Math.Min(KeptConnections, connection.MaximumPoolSize);
        }

        // Where the database hangs or the network is cut, an answer may never come. Then the statement is given up and tried again on
        // another connection.
        if (!connection.ContainsKey("Connection Timeout"))
        {
            connection.ConnectionTimeout = ConnectSeconds;
        }

        if (!connection.ContainsKey("Default Command Timeout"))
        {
            connection.DefaultCommandTimeout = CommandSeconds;
        }

        if (!connection.ContainsKey("Keep Alive"))
        {
            connection.Keepalive = KeepAliveSeconds; // some routers drop connections that are silent for minutes
        }

        return connection;
    }

    private sealed class TextConverter() : ValueConverter<DateTimeOffset, string>(instant => InstantText.Of(instant), stored => InstantText.Read(stored));

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        stored => stored.Year == 1 ? DateTimeOffset.UnixEpoch : new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}
