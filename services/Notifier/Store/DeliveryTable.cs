using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skypunch.Notifier.Model;

namespace Skypunch.Notifier.Store;

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries");
        builder.Property(d => d.State)
            .HasConversion(state => state.ToString().ToUpperInvariant(), text => Enum.Parse<DeliveryState>(text, ignoreCase: true))
            .HasMaxLength(16);
        builder.Property(d => d.ClaimedBy).HasMaxLength(Delivery.LongestSender);
        builder.Property(d => d.LastError).HasMaxLength(Delivery.LongestError);
        builder.Property(d => d.RemainingAddresses).HasMaxLength(StoredNotifier.LongestAddress);
        builder.HasOne(d => d.Announcement).WithMany().HasForeignKey(d => d.ChangeId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(d => d.Notifier).WithMany().HasForeignKey(d => d.NotifierId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(d => new { d.ChangeId, d.NotifierId }).IsUnique();
        builder.HasIndex(d => new { d.State, d.NextAttemptAt }); // which notifiers have something due
        builder.HasIndex(d => new { d.NotifierId, d.State, d.NextAttemptAt }); // the next one of a notifier
        builder.HasIndex(d => new { d.NotifierId, d.TargetId, d.State }); // whether an earlier one waits
        builder.HasIndex(d => new { d.UncountedAttempts, d.NotifierId }); // which attempts are to be counted
        builder.HasIndex(d => d.NotifierId); // the list, by id
        builder.HasIndex(d => d.MessageId); // which deliveries a digest has
    }
}
