using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skypunch.Contracts.Texts;
using Skypunch.DatabaseDefaults;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// The Scheduler's tables. Columns that the Skypunch of 2013 had keep their names. Every column of a target that must not be null, but
/// <c>name</c> and <c>url</c>, has a default in the database.
/// </summary>
internal abstract class SchedulerDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>The name of the owner of these tables, used for its connection string and its migrations.</summary>
    public const string Name = "Scheduler";

    /// <summary>The longest description or advice of a result that is stored. Longer texts are cut.</summary>
    public const int LongestDescription = 1024;

    /// <summary>The longest reason of a result.</summary>
    public const int LongestReason = 64;

    /// <summary>
    /// Whether the database is SQLite; otherwise it is MySQL. EF Core's own property for it composes the name of an assembly at each call.
    /// </summary>
    public bool IsSqlite => this is SqliteSchedulerDb;

    public DbSet<Target> Targets => Set<Target>();

    public DbSet<TargetLabel> TargetLabels => Set<TargetLabel>();

    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<TargetTrace> TargetTraces => Set<TargetTrace>();

    public DbSet<ProberRow> Probers => Set<ProberRow>();

    public DbSet<TargetHour> TargetHours => Set<TargetHour>();

    public DbSet<TargetDay> TargetDays => Set<TargetDay>();

    public DbSet<TargetChunk> TargetChunks => Set<TargetChunk>();

    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<HistoryProgress> Progress => Set<HistoryProgress>();

    public DbSet<MaintenanceWindow> MaintenanceWindows => Set<MaintenanceWindow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.StoreInstantsInUtc(IsSqlite);
        configurationBuilder.Properties<TargetStatus>().HaveConversion<TargetStatusConverter>().HaveMaxLength(4);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Target>(ConfigureTarget);
        modelBuilder.Entity<TargetLabel>(ConfigureTargetLabel);
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
        modelBuilder.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions");
            session.Property(s => s.SecretHash).HasColumnType(IsSqlite ? "BLOB" : "binary(32)");
            session.HasIndex(s => s.SecretHash).IsUnique();
            session.Property(s => s.Client).HasMaxLength(SessionRow.LongestClient);
        });
        ConfigureHistory(modelBuilder);
        modelBuilder.Entity<MaintenanceWindow>(window =>
        {
            window.ToTable("maintenance_windows");
            window.HasIndex(w => w.Name).IsUnique();
        });
        modelBuilder.AddFilterFunctions(IsSqlite);
        modelBuilder.AddStatusRank(IsSqlite ? "" : $" COLLATE {MySqlSchedulerDb.Exact}");
        modelBuilder.NameColumnsInSnakeCase();
    }

    // How wide a column is stands at the property (MaxLength).
    private static void ConfigureTarget(EntityTypeBuilder<Target> target)
    {
        target.ToTable("targets");
        target.HasIndex(t => t.Name).IsUnique();
        target.Property(t => t.Method).HasDefaultValue(TargetLimits.DefaultMethod);
        target.Property(t => t.Authn).HasDefaultValue(AuthnParameters.None);
        target.Property(t => t.PassResult).HasDefaultValue(TargetLimits.DefaultPassResult);
        target.Property(t => t.FollowRedirects).HasDefaultValue(false);
        target.Property(t => t.KeepCookies).HasDefaultValue(false);
        target.Property(t => t.MaxRedirects).HasDefaultValue(TargetLimits.DefaultMaxRedirects).HasSentinel(TargetLimits.DefaultMaxRedirects);
        target.Property(t => t.HttpVersion).HasDefaultValue(HttpVersions.Http11);
        target.Property(t => t.IpFamily).HasDefaultValue(IpFamilies.Any);
        target.Property(t => t.Frequency).HasDefaultValue(TargetLimits.DefaultFrequency);
        target.Property(t => t.Timeout).HasDefaultValue(TargetLimits.DefaultTimeout);
        target.Property(t => t.Enabled).HasDefaultValue(true).HasSentinel(true);
        target.Property(t => t.Revision).HasDefaultValue(0);
        target.Property(t => t.FailureThreshold).HasDefaultValue(TargetLimits.DefaultThreshold).HasSentinel(TargetLimits.DefaultThreshold);
        target.Property(t => t.SuccessThreshold).HasDefaultValue(TargetLimits.DefaultThreshold).HasSentinel(TargetLimits.DefaultThreshold);
        target.Property(t => t.Status).HasDefaultValue(TargetStatus.New);
        target.Property(t => t.StatusDescription).HasMaxLength(LongestDescription).HasDefaultValue("");
        target.Property(t => t.Reason).HasMaxLength(LongestReason).HasDefaultValue("");
        target.Property(t => t.Advice).HasMaxLength(LongestDescription);
        target.Property(t => t.LastProbe).HasMaxLength(LastProbe.Longest);
        foreach (var counter in target.Metadata.GetProperties().Where(p => p.ClrType == typeof(long) && !p.IsPrimaryKey()))
        {
            counter.SetDefaultValue(0L);
        }

        target.HasIndex(t => new { t.Enabled, t.NextProbeAt });
    }

    private static void ConfigureTargetLabel(EntityTypeBuilder<TargetLabel> label)
    {
        label.ToTable("target_labels").HasKey(l => new { l.TargetId, l.Name });
        label.HasIndex(l => new { l.Name, l.Value });
        label.HasOne<Target>().WithMany(t => t.Labels).HasForeignKey(l => l.TargetId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void ConfigureStatusChange(EntityTypeBuilder<StatusChange> change)
    {
        change.ToTable("status_changes");
        change.HasIndex(c => c.ChangeId).IsUnique();
        change.HasIndex(c => new { c.StoredAt, c.Id });
        change.HasIndex(c => new { c.TargetId, c.StoredAt, c.Id });
        change.Property(c => c.Reason).HasMaxLength(LongestReason);
        change.Property(c => c.Description).HasMaxLength(LongestDescription);
        change.Property(c => c.Decision).HasMaxLength(Decision.Longest);
        change.Property(c => c.DecidedBy).HasMaxLength(MaintenanceWindow.LongestName);
        change.HasOne<Target>().WithMany().HasForeignKey(c => c.TargetId).OnDelete(DeleteBehavior.Cascade);
    }

    // Time first in the keys: see decision 31. No foreign keys: the history of a deleted target is kept until it is too old.
    private static void ConfigureHistory(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TargetHour>().ToTable("target_hours").HasKey(h => new { h.Hour, h.TargetId });
        modelBuilder.Entity<TargetDay>().ToTable("target_days").HasKey(d => new { d.Day, d.TargetId });
        modelBuilder.Entity<TargetChunk>().ToTable("target_chunks").HasKey(c => new { c.Hour, c.TargetId, c.FirstResult });
        modelBuilder.Entity<HistoryProgress>(progress =>
        {
            progress.ToTable("history_progress");
            progress.Property(p => p.Id).ValueGeneratedNever();
            progress.HasData(new HistoryProgress { Id = HistoryProgress.TheId });
        });
        modelBuilder.Entity<IncidentRow>(incident =>
        {
            incident.ToTable("incidents");
            incident.Property(i => i.Name).HasMaxLength(TargetLimits.LongestName);
            incident.Property(i => i.Reason).HasMaxLength(LongestReason);
            incident.Property(i => i.LastReason).HasMaxLength(LongestReason);
            incident.Property(i => i.Description).HasMaxLength(LongestDescription);
            incident.HasIndex(i => new { i.TargetId, i.EndedAt });
            incident.HasIndex(i => new { i.EndedAt, i.Id });
        });
    }

    private static void ConfigureTargetTrace(EntityTypeBuilder<TargetTrace> trace)
    {
        trace.ToTable("target_traces").HasKey(t => new { t.TargetId, t.Kind });
        trace.Property(t => t.Kind).HasMaxLength(8);
        trace.HasOne<Target>().WithMany().HasForeignKey(t => t.TargetId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The Scheduler's tables in MySQL.</summary>
internal sealed class MySqlSchedulerDb(DbContextOptions<MySqlSchedulerDb> options) : SchedulerDb(options)
{
    /// <summary>The collation in which texts are equal only where all their characters are, as in SQLite.</summary>
    public const string Exact = "utf8mb4_0900_bin";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // MySQL then distinguishes names as SQLite does: by letter, accent and case.
        modelBuilder.Entity<Target>().Property(t => t.Name).UseCollation("utf8mb4_bin");

        // As SQLite: by white space at the end, too.
        modelBuilder.Entity<Target>().Property(t => t.GroupPath).UseCollation(Exact);
        modelBuilder.Entity<TargetLabel>().Property(l => l.Name).UseCollation(Exact);
        modelBuilder.Entity<TargetLabel>().Property(l => l.Value).UseCollation(Exact);
        modelBuilder.Entity<MaintenanceWindow>().Property(w => w.Name).UseCollation(Exact);
    }
}

/// <summary>The Scheduler's tables in SQLite.</summary>
internal sealed class SqliteSchedulerDb(DbContextOptions<SqliteSchedulerDb> options) : SchedulerDb(options);
