using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// How much a target wants to be looked at: FAIL before NEW before PASS, and disabled ones last. The database computes it of the columns
/// <c>status</c> and <c>enabled</c>, as an index over it orders and counts targets by status, whoever has written these columns. It is no
/// property of a target, so nothing reads it with the row.
/// </summary>
internal static class StatusRank
{
    /// <summary>The name of the property in the model.</summary>
    public const string Property = "StatusRank";

    public const int Fail = 0;

    public const int New = 1;

    public const int Pass = 2;

    public const int Disabled = 3;

    /// <summary>The rank of a target, as the database has it.</summary>
    public static int Of(Target target) => !target.Enabled ? Disabled : target.Status switch
    {
        TargetStatus.Fail => Fail,
        TargetStatus.Pass => Pass,
        _ => New,
    };

    /// <summary>Adds the column and its indexes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="exact">What makes the database compare letter by letter; empty where it does.</param>
    public static void AddStatusRank(this ModelBuilder model, string exact)
    {
        var target = model.Entity<Target>();
        var rank = target.Property<int>(Property)
            .HasComputedColumnSql($"CASE WHEN enabled = 0 THEN {Disabled} WHEN status{exact} = 'FAIL' THEN {Fail} WHEN status{exact} = 'PASS' THEN {Pass} ELSE {New} END", stored: false)
            .ValueGeneratedNever() // else each update of a row would read it back
            .Metadata;
        rank.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        rank.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        target.HasIndex(Property);
        target.HasIndex(nameof(Target.GroupPath), Property);
        target.HasIndex(t => t.StatusSince);
    }
}
