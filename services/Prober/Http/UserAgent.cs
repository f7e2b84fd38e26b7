using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Http;

/// <summary>The name of a Prober in its requests.</summary>
internal static class UserAgent
{
    /// <summary>The value of the header User-Agent.</summary>
    public static readonly string Text = $"Skypunch/{SkypunchVersion.Current}";
}
