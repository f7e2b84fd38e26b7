using System.Runtime.CompilerServices;

namespace Skypunch.UnitTests.Cli;

/// <summary>Compares outputs with files. To accept a change, run with SKYPUNCH_ACCEPT=1 and read the diff.</summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("SKYPUNCH_ACCEPT") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
