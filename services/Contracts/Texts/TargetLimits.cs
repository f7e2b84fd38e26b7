namespace Skypunch.Contracts.Texts;

/// <summary>
/// How long, large and many the values of a target may be, and what they are where nobody gives one. The API refuses what is beyond; the columns are as wide; the claim brings numbers that
/// were edited by hand in SQL into the limits; the help of the command line tells them.
/// </summary>
public static class TargetLimits
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 256;

    /// <summary>The most characters of a URL, or of a path below a service of a catalog.</summary>
    public const int LongestUrl = 2048;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 1000;

    /// <summary>The most characters of the expected status codes.</summary>
    public const int LongestPassResult = 256;

    /// <summary>The expected status code by default.</summary>
    public const string DefaultPassResult = "200";

    /// <summary>The most bytes of the parameters of an authentication: sealed, and so a third longer, they fit into their column.</summary>
    public const int LargestAuthnParams = 6000;

    /// <summary>The most bytes of a body.</summary>
    public const int LargestBody = 16 * 1024;

    /// <summary>The most characters of a content type.</summary>
    public const int LongestContentType = 128;

    /// <summary>The most characters of a certificate with its chain, or of a key.</summary>
    public const int LongestPem = 64 * 1024;

    /// <summary>The most characters of the type of a service in a catalog.</summary>
    public const int LongestServiceType = 128;

    /// <summary>The most characters of a region: as many as Keystone allows.</summary>
    public const int LongestRegionName = 255;

    /// <summary>The method by default.</summary>
    public const string DefaultMethod = "GET";

    /// <summary>The highest number of redirects that may be followed.</summary>
    public const int MostRedirects = 20;

    /// <summary>How many redirects are followed at the most, by default.</summary>
    public const int DefaultMaxRedirects = 5;

    /// <summary>The shortest time between two probes, in seconds; also of a retry.</summary>
    public const int ShortestFrequency = 1;

    /// <summary>The longest time between two probes, in seconds.</summary>
    public const int LongestFrequency = 86_400;

    /// <summary>The time between two probes by default, in seconds.</summary>
    public const int DefaultFrequency = 10;

    /// <summary>The shortest timeout, in milliseconds: a process may stand still as long as that, and nobody could tell.</summary>
    public const int ShortestTimeoutMs = 100;

    /// <summary>The longest timeout, in seconds.</summary>
    public const int LongestTimeout = 300;

    /// <summary>The timeout by default, in seconds; the frequency where that is less.</summary>
    public const int DefaultTimeout = 10;

    /// <summary>The highest number of failures, or passes, in a row that may be waited for.</summary>
    public const int HighestThreshold = 100;

    /// <summary>How many failures, or passes, in a row are waited for by default.</summary>
    public const int DefaultThreshold = 1;
}
