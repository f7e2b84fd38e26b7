using Skypunch.ServiceDefaults.Hosting;

namespace Skypunch.Prober.Http;

/// <summary>How a Prober names itself.</summary>
internal static class UserAgent
{
    /// <summary>The value of the header.</summary>
    public static readonly string Text = $"Skypunch/{SkypunchVersion.Current}";
}
