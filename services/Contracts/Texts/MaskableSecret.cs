namespace Skypunch.Contracts.Texts;

/// <summary>
/// Which secrets are masked in texts that others wrote: the answers of targets, mail servers and webhooks. A shorter secret is left alone. It is
/// a part of many words, and the holes in them would tell more than they hide: with the password <c>t</c>, "connec***ion" gives it away. Pure.
/// </summary>
public static class MaskableSecret
{
    /// <summary>The fewest characters of a secret that is masked.</summary>
    public const int Shortest = 4;

    /// <summary>Whether a secret is masked.</summary>
    public static bool Is(string secret) => secret.Length >= Shortest;
}
