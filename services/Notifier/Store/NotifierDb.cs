using Microsoft.EntityFrameworkCore;
using Skypunch.DatabaseDefaults;
using Skypunch.Notifier.Deliveries;
using Skypunch.Notifier.Notifiers;

namespace Skypunch.Notifier.Store;

/// <summary>The Notifier's tables. Who changes both a notifier and its deliveries takes the notifier's row first, so that no two wait for each other.</summary>
internal abstract class NotifierDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>The name of the connection string and of the migrations table.</summary>
    public const string Name = "Notifier";

    /// <summary>Whether it is SQLite; otherwise it is MySQL.</summary>
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
