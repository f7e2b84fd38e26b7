using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>
/// The Notifier's tables. A transaction that changes both a notifier and its deliveries locks the notifier's row first, so that no two
/// transactions wait for each other.
/// </summary>
internal abstract class NotifierDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>The name of the connection string and of the migrations table.</summary>
    public const string Name = "Notifier";

    /// <summary>Whether the database is SQLite; otherwise it is MySQL.</summary>
    public bool IsSqlite => this is SqliteNotifierDb;

    public DbSet<StoredNotifier> Notifiers => Set<StoredNotifier>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.StoreInstantsInUtc(IsSqlite);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new NotifierTable());
        modelBuilder.ApplyConfiguration(new AnnouncementTable());
        modelBuilder.ApplyConfiguration(new DeliveryTable());
        modelBuilder.NameColumnsInSnakeCase();
    }
}
