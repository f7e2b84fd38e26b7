using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Targets;

/// <summary>How parts of a target are shown.</summary>
internal static class TargetDisplay
{
    /// <summary>What is probed, as it is shown: the URL, or "compute:/servers" for a path below a service of a catalog.</summary>
    public static string Address(this Target target) => TargetAddress.Of(target.Url, target.Catalog?.ServiceType);

    /// <summary>The status as a cell: PASS is good news, FAIL is bad.</summary>
    public static TableCell Cell(TargetStatus status)
        => new(EnumWords.Of(status), status switch { TargetStatus.Pass => true, TargetStatus.Fail => false, _ => null });

    /// <summary>A target is enabled unless it says otherwise.</summary>
    public static bool IsEnabled(this Target target) => !target.HasEnabled || target.Enabled;
}
