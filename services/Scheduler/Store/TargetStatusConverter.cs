using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Skypunch.Scheduler.Targets;

namespace Skypunch.Scheduler.Store;

/// <summary>Stores a status in capitals, as in 2013. What a hand has written otherwise counts as NEW.</summary>
internal sealed class TargetStatusConverter() : ValueConverter<TargetStatus, string>(status => Write(status), text => Read(text))
{
    public static string Write(TargetStatus status) => status switch
    {
        TargetStatus.Pass => "PASS",
        TargetStatus.Fail => "FAIL",
        _ => "NEW",
    };

    public static TargetStatus Read(string text) => text switch
    {
        "PASS" => TargetStatus.Pass,
        "FAIL" => TargetStatus.Fail,
        _ => TargetStatus.New,
    };
}
