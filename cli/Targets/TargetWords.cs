using System.Globalization;
using Skypunch.Admin.V1;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary>The words for a target's enumerations; a value that only a newer server knows is shown as its number.</summary>
internal static class TargetWords
{
    public static string Of(TargetStatus status) => status switch
    {
        TargetStatus.Unspecified => "",
        TargetStatus.New => "NEW",
        TargetStatus.Pass => "PASS",
        TargetStatus.Fail => "FAIL",
        _ => ((int)status).ToString(CultureInfo.InvariantCulture),
    };

    public static string Of(Authn authn) => authn switch
    {
        Authn.Unspecified or Authn.None => "NONE",
        Authn.Basic => "BASIC",
        Authn.Openstack => "OPENSTACK",
        _ => ((int)authn).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The status as a cell: PASS is good news, FAIL is bad.</summary>
    public static TableCell Cell(TargetStatus status)
        => new(Of(status), status switch { TargetStatus.Pass => true, TargetStatus.Fail => false, _ => null });

    /// <summary>A target is enabled unless it says otherwise.</summary>
    public static bool IsEnabled(this Target target) => !target.HasEnabled || target.Enabled;
}
