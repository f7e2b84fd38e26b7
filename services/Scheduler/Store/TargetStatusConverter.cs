using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Skypunch.Scheduler.Model;

namespace Skypunch.Scheduler.Store;

/// <summary>
/// Stores a status in capitals, as the Skypunch of 2013 did. Any other text, as after an edit by hand in SQL, reads as NEW.
/// </summary>
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
