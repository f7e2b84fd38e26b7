using static System.FormattableString;

namespace Skypunch.Contracts.Texts;

/// <summary>How percentages are shown: rounded down to three decimals, so that "100 %" stands only where nothing is missing of it.</summary>
public static class Percents
{
    /// <summary>Such as "99.987 %" or "100 %"; "no data" where there is none.</summary>
    /// <param name="percent">The percentage, 0 to 100, which the server has rounded down.</param>
    public static string Of(double? percent) => percent is null ? "no data" : Of((decimal)percent.Value);

    /// <summary>What a part is of the whole; "no data" where there is no whole.</summary>
    public static string Of(decimal part, decimal whole) => whole <= 0 ? "no data" : part >= whole ? "100 %" : Of(Math.Min(part * 100 / whole, 99.9999m));

    private static string Of(decimal percent) => percent >= 100 ? "100 %" : Invariant($"{Math.Floor(percent * 1000) / 1000:0.000} %");
}
