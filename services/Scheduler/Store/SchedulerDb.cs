using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Announcing;
using Skypunch.Scheduler.Fleet;
using Skypunch.Scheduler.Folding;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Store;

/// <summary>The Scheduler's tables. Columns of 2013 keep their names; each column but a target's name and url has a database default.</summary>
internal abstract class SchedulerDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Whether it is SQLite; otherwise it is MySQL. EF Core can be asked too, and composes the name of an assembly each time.</summary>
    public bool IsSqlite => this is SqliteSchedulerDb;

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<TargetTrace> TargetTraces => Set<TargetTrace>();

    public DbSet<ProberRow> Probers => Set<ProberRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.StoreInstantsInUtc(IsSqlite);
        configurationBuilder.Properties<TargetStatus>().HaveConversion<TargetStatusConverter>().HaveMaxLength(4);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Target>(ConfigureTarget);
        modelBuilder.Entity<StatusChange>(ConfigureStatusChange);
        modelBuilder.Entity<NoticeRow>(notice =>
        {
            notice.ToTable("notices");
            notice.HasIndex(n => n.NoticeId).IsUnique();
            notice.HasIndex(n => new { n.StoredAt, n.Id });
            notice.Property(n => n.Kind).HasMaxLength(Contracts.Notice.LongestKind);
        });
        modelBuilder.Entity<TargetTrace>(ConfigureTargetTrace);
        modelBuilder.Entity<ProberRow>(prober =>
        {
            prober.ToTable("probers").HasKey(p => p.Name);
            prober.Property(p => p.Name).HasMaxLength(256);
            prober.Property(p => p.Version).HasMaxLength(64);
        });
        modelBuilder.NameColumnsInSnakeCase();
    }

    private static void ConfigureTarget(EntityTypeBuilder<Target> target)
    {
        target.ToTable("targets");
        target.Property(t => t.Name).HasMaxLength(TargetRules.LongestName);
        target.HasIndex(t => t.Name).IsUnique();
        target.Property(t => t.Url).HasMaxLength(TargetRules.LongestUrl);
        target.Property(t => t.Method).HasMaxLength(16).HasDefaultValue(Target.DefaultMethod);
        target.Property(t => t.Authn).HasMaxLength(16).HasDefaultValue(Contracts.AuthnParameters.None);
        target.Property(t => t.AuthnParms).HasMaxLength(8192);
        target.Property(t => t.PassResult).HasMaxLength(TargetRules.LongestPassResult).HasDefaultValue(Target.DefaultPassResult);
        target.Property(t => t.ContentType).HasMaxLength(RequestRules.LongestContentType);
        target.Property(t => t.FollowRedirects).HasDefaultValue(false);
        target.Property(t => t.KeepCookies).HasDefaultValue(false);
        target.Property(t => t.MaxRedirects).HasDefaultValue(Target.DefaultMaxRedirects).HasSentinel(Target.DefaultMaxRedirects);
        target.Property(t => t.HttpVersion).HasMaxLength(16).HasDefaultValue(Contracts.HttpVersions.Http11);
        target.Property(t => t.IpFamily).HasMaxLength(16).HasDefaultValue(Contracts.IpFamilies.Any);
        target.Property(t => t.ServiceType).HasMaxLength(AddressRules.LongestServiceType);
        target.Property(t => t.RegionName).HasMaxLength(AddressRules.LongestRegionName);
        target.Property(t => t.Interface).HasMaxLength(16);
        target.Property(t => t.Frequency).HasDefaultValue(Target.DefaultFrequency);
        target.Property(t => t.Timeout).HasDefaultValue(Target.DefaultTimeout);
        target.Property(t => t.Enabled).HasDefaultValue(true).HasSentinel(true);
        target.Property(t => t.Revision).HasDefaultValue(0);
        target.Property(t => t.FailureThreshold).HasDefaultValue(1).HasSentinel(1);
        target.Property(t => t.SuccessThreshold).HasDefaultValue(1).HasSentinel(1);
        target.Property(t => t.Status).HasDefaultValue(TargetStatus.New);
        target.Property(t => t.StatusDescription).HasMaxLength(LongestDescription).HasDefaultValue("");
        target.Property(t => t.Reason).HasMaxLength(64).HasDefaultValue("");
        target.Property(t => t.Advice).HasMaxLength(LongestDescription);
        target.Property(t => t.LastProbe).HasMaxLength(Metrics.LastProbe.Longest);
        foreach (var counter in target.Metadata.GetProperties().Where(p => p.ClrType == typeof(long) && !p.IsPrimaryKey()))
        {
            counter.SetDefaultValue(0L);
        }

        target.HasIndex(t => new { t.Enabled, t.NextProbeAt });
    }

    private static void ConfigureStatusChange(EntityTypeBuilder<StatusChange> change)
    {
        change.ToTable("status_changes");
        change.HasIndex(c => c.ChangeId).IsUnique();
        change.HasIndex(c => new { c.StoredAt, c.Id });
        change.HasIndex(c => new { c.TargetId, c.StoredAt, c.Id });
        change.Property(c => c.Reason).HasMaxLength(64);
        change.Property(c => c.Description).HasMaxLength(LongestDescription);
        change.HasOne<Target>().WithMany().HasForeignKey(c => c.TargetId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void ConfigureTargetTrace(EntityTypeBuilder<TargetTrace> trace)
    {
        trace.ToTable("target_traces").HasKey(t => new { t.TargetId, t.Kind });
        trace.Property(t => t.Kind).HasMaxLength(8);
        trace.HasOne<Target>().WithMany().HasForeignKey(t => t.TargetId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <summary>The longest description or advice of a result that is stored; longer ones are cut.</summary>
    public const int LongestDescription = 1024;
}

/// <summary>The Scheduler's tables in MySQL.</summary>
internal sealed class MySqlSchedulerDb(DbContextOptions<MySqlSchedulerDb> options) : SchedulerDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Names are told apart as SQLite does: by every letter, accent and case.
        modelBuilder.Entity<Target>().Property(t => t.Name).UseCollation("utf8mb4_bin");
    }
}

/// <summary>The Scheduler's tables in SQLite.</summary>
internal sealed class SqliteSchedulerDb(DbContextOptions<SqliteSchedulerDb> options) : SchedulerDb(options);
