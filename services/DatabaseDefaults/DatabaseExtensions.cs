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

/// <summary>Adds a database that is MySQL or SQLite as the settings say, and migrates it at the start.</summary>
public static class DatabaseExtensions
{
    // The oldest version that has all we use: SKIP LOCKED, JSON_TABLE. Pomelo shapes its SQL by it.
    private static readonly MySqlServerVersion OldestMySql = new(new Version(8, 0, 21));

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private const uint KeptConnections = 4;
    private const uint KeepAliveSeconds = 60;
    private const uint ConnectSeconds = 5;
    private const uint CommandSeconds = 10;

    /// <summary>
    /// Adds the context under its common type. Each provider has a context type of its own, as migrations belong to a context type. The connection string is the
    /// setting <c>ConnectionStrings:NAME</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The owner of the tables.</param>
    /// <param name="secretsPurpose">What the texts in the owner's rows are sealed for.</param>
    /// <param name="secretColumns">The columns that hold them.</param>
    /// <typeparam name="TContext">The common type.</typeparam>
    /// <typeparam name="TMySql">Its type for MySQL.</typeparam>
    /// <typeparam name="TSqlite">Its type for SQLite.</typeparam>
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
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.ConsumerStopTimeout = StopPatience); // of messages that wait for the store
        var gate = new StartupGate($"the {name} database");
        builder.Services.AddSingleton(gate);
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
            [HostingExtensions.ReadyTag]));
        return builder;
    }

    /// <summary>Uses MySQL, with a migrations table of the owner's.</summary>
    public static DbContextOptionsBuilder UseSkypunchMySql(this DbContextOptionsBuilder options, string connectionString, string owner)
        => options.UseMySql(connectionString, OldestMySql, mySql => mySql.MigrationsHistoryTable(HistoryTable(owner)));

    /// <summary>Uses SQLite, with a migrations table of the owner's.</summary>
    public static DbContextOptionsBuilder UseSkypunchSqlite(this DbContextOptionsBuilder options, string connectionString, string owner)
        => options.UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable(HistoryTable(owner)))
            .AddInterceptors(new SqlitePragmas());

    /// <summary>Stores every instant as a UTC date and time, which both databases can compare.</summary>
    /// <param name="configuration">The conventions of a context.</param>
    /// <param name="isSqlite">Whether it is the context for SQLite, which has texts.</param>
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
                ? new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(text) { Pooling = false } // its pool can lend a connection twice: dotnet/efcore#39008
                : MySqlConnection(new MySqlConnector.MySqlConnectionStringBuilder(text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // Its message is not told: where a password has a ';' that is not in quotes, what comes after it is taken for an option, and named.
            throw new StartupException(
                $"ConnectionStrings:{name} is malformed: it must be NAME=VALUE with ';' between, each NAME an option of {provider}; a value with ';' or '=' in it, such as a "
                + "password, stands in quotes: Password=\"...\".");
        }
    }

    private static MySqlConnector.MySqlConnectionStringBuilder MySqlConnection(MySqlConnector.MySqlConnectionStringBuilder connection)
    {
        connection.AllowUserVariables = true;
        connection.GuidFormat = MySqlConnector.MySqlGuidFormat.Char36;
        connection.ConvertZeroDateTime = true; // 0000-00-00 reads as the year 1, and so as 1970: a date that cannot be read would stop whoever reads its row

        // Two journeys each time one is taken from the pool. Nothing is kept in a session but the level of LockingTransaction.
        connection.ConnectionReset = false;
        if (!connection.ContainsKey("Minimum Pool Size"))
        {
            // What follows a failure after a quiet night is not to wait for handshakes: one takes more than all the rest of a change's way.
            connection.MinimumPoolSize = Math.Min(KeptConnections, connection.MaximumPoolSize);
        }

        // What a database that hangs, or a network that is cut, has taken and never answers is given up, and tried again on another connection.
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
            connection.Keepalive = KeepAliveSeconds; // many a router on the way forgets connections that are silent for minutes
        }

        return connection;
    }

    private sealed class TextConverter() : ValueConverter<DateTimeOffset, string>(instant => InstantText.Of(instant), stored => InstantText.Read(stored));

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        stored => stored.Year == 1 ? DateTimeOffset.UnixEpoch : new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}
