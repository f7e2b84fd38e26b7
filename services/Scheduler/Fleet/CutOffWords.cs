using System.Globalization;
using Skypunch.Contracts.Texts;

namespace Skypunch.Scheduler.Fleet;

/// <summary>The texts of a notice.</summary>
internal readonly record struct NoticeWords(string Kind, string Subject, string Text);

/// <summary>The notices about a Prober that is cut off from its network. Pure.</summary>
internal static class CutOffWords
{
    /// <summary>A Prober is cut off, and others are not.</summary>
    /// <param name="prober">Its name.</param>
    /// <param name="since">Since when it is cut off.</param>
    /// <param name="well">How many other Probers are not cut off.</param>
    public static NoticeWords Begun(string prober, DateTimeOffset since, int well) => new(
        "prober_cut_off",
        $"the prober {OneLine.Of(prober)} is cut off from its network",
        $"Since {Instant(since)} the prober {OneLine.Of(prober)} reaches neither the targets that passed before nor its references. It blames no target for that, and "
            + $"{(well == 1 ? "the other prober is" : string.Create(CultureInfo.InvariantCulture, $"the {well} other probers are"))} given its work.\n"
            + "Look at the network of its machine. You are told when it is back.");

    /// <summary>All Probers are cut off.</summary>
    /// <param name="only">The name of the only Prober; null where there are several Probers.</param>
    /// <param name="probers">How many Probers there are.</param>
    /// <param name="since">Since when the last of them is cut off.</param>
    /// <param name="withholds">For how long the only Prober withholds failures.</param>
    /// <param name="targets">How many enabled targets were not FAIL.</param>
    /// <param name="others">Whether there are enabled targets that were FAIL before.</param>
    public static NoticeWords AllFail(string? only, int probers, DateTimeOffset since, TimeSpan withholds, int targets, bool others)
    {
        var all = string.Create(CultureInfo.InvariantCulture, $"all {targets} targets{(others ? " that were not FAIL" : "")} fail at once");
        var seen = only is null ? string.Create(CultureInfo.InvariantCulture, $"all {probers} probers") : $"the only prober, {OneLine.Of(only)},";
        var next = only is null
            ? "As each prober sees what the others see, what fails is told as FAIL, target by target."
            : $"What fails by the network is not told as FAIL for {Words(withholds)}, in which the network may come back; what still fails then is told, target by target.";
        return new NoticeWords(
            "all_fail",
            all,
            $"A{all[1..]} by network reasons, seen by {seen} since {Instant(since)}: either {(only is null ? "their" : "its")} network is down or all of these targets are.\n{next}\n"
                + $"Look at the network of {(only is null ? "their machines" : "its machine; a second prober in another network would tell the one from the other")}. "
                + "You are told when something answers again.");
    }

    /// <summary>A Prober that was cut off has its network back.</summary>
    /// <param name="prober">Its name.</param>
    /// <param name="after">For how long it was cut off.</param>
    public static NoticeWords Back(string prober, TimeSpan after) => new(
        "prober_back",
        $"the prober {OneLine.Of(prober)} has its network back",
        $"Targets or references of the prober {OneLine.Of(prober)} answer again, after {Words(after)}. What fails from now on is told as usual.");

    /// <summary>A Prober that was cut off gives no sign of life any more.</summary>
    public static NoticeWords Gone(string prober) => new(
        "prober_gone",
        $"the prober {OneLine.Of(prober)}, which was cut off from its network, is gone",
        $"The prober {OneLine.Of(prober)} was cut off from its network and has given no sign of life for a minute: it has ended, or cannot reach the broker any more either.");

    private static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
    };
}
