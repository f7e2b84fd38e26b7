using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

internal sealed class AnnouncementTable : IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("announcements");
        builder.HasKey(a => a.ChangeId);
        builder.Property(a => a.ChangeId).ValueGeneratedNever();
        builder.Property(a => a.TargetName).HasMaxLength(Announcement.LongestName);
        builder.Property(a => a.FromStatus).HasMaxLength(16);
        builder.Property(a => a.ToStatus).HasMaxLength(16);
        builder.HasIndex(a => a.ReceivedAt); // for the retention
    }
}
