using System.Reflection;

namespace Skypunch.ServiceDefaults.Hosting;

/// <summary>The version that this process shows in logs, in the API and to targets.</summary>
public static class SkypunchVersion
{
    /// <summary>The version of the build, such as "2.0.0".</summary>
    public static string Current { get; } =
        typeof(SkypunchVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
