using System.Runtime.CompilerServices;

namespace Skypunch.UnitTests.Notifier;

/// <summary>Texts that are compared with files. With SKYPUNCH_WRITE_GOLDEN=1 in the environment, the files are written instead.</summary>
internal static class Golden
{
    public static void AssertIs(string name, string? actual, [CallerFilePath] string thisFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(thisFile)!, "Golden", name);
        Assert.NotNull(actual);
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("SKYPUNCH_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file), text);
    }
}
