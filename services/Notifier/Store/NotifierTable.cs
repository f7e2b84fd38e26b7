using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skypunch.Contracts.Filters;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

/// <summary>The table of 2013. Every column but name and address has a default, so that an operator can insert a row by hand.</summary>
internal sealed class NotifierTable : IEntityTypeConfiguration<StoredNotifier>
{
    public void Configure(EntityTypeBuilder<StoredNotifier> builder)
    {
        builder.ToTable("notifiers");
        builder.Property(n => n.Name).HasMaxLength(StoredNotifier.LongestName);
        builder.HasIndex(n => n.Name).IsUnique();
        builder.Property(n => n.Type).HasMaxLength(32).HasDefaultValue(StoredNotifier.Smtp);
        builder.Property(n => n.Address).HasMaxLength(StoredNotifier.LongestAddress);
        builder.Property(n => n.Enabled).HasDefaultValue(true);
        builder.Property(n => n.MatchText).HasMaxLength(FilterText.Longest);
        builder.Property(n => n.Hours).HasMaxLength(WorkingHours.Longest);
        builder.Property(n => n.PassCount).HasDefaultValue(0L);
        builder.Property(n => n.FailCount).HasDefaultValue(0L);
    }
}
