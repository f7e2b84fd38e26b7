using Google.Protobuf.WellKnownTypes;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Output;

/// <summary>How long something was, for people; nothing where there is nothing.</summary>
internal static class Spans
{
    /// <summary>To the second, such as "2d1h30m5s", as options take it; less than half a second as "&lt;1s".</summary>
    public static string Of(Duration? duration) => duration is null ? "" : SpanText.Of(duration.ToTimeSpan());

    /// <summary>How long a probe took, in two or three digits: "0.41ms", "41ms", "1.23s".</summary>
    public static string OfProbe(Duration? duration) => duration is null ? "" : SpanText.OfProbe(duration.ToTimeSpan());
}
