namespace Skypunch.Faults.Ground;

/// <summary>The logs of a system whose trial has failed.</summary>
internal static class Evidence
{
    private const int LinesShown = 8;
    private static readonly string[] Bad = ["warn:", "fail:", "crit:", " WARN ", " ERROR "];

    /// <summary>The last warnings and errors of each part.</summary>
    public static string Of(RunningSystem system)
        => string.Join('\n', system.Parts.SelectMany(part => part.Log.Where(line => Bad.Any(line.Contains)).TakeLast(LinesShown).Select(line => $"{part.Name}: {line}")));

    /// <summary>The folder for the evidence: <c>artifacts/test-results/faults</c>.</summary>
    public static string Folder
    {
        get
        {
            var bin = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/Faults/debug/
            return Directory.CreateDirectory(Path.Combine(bin.Parent!.Parent!.Parent!.FullName, "test-results", "faults")).FullName;
        }
    }

    /// <summary>Writes the logs of all processes into the folder.</summary>
    public static void Keep(RunningSystem system)
    {
        var test = TestContext.Current.TestMethod?.MethodName ?? "unknown";
        var folder = Directory.CreateDirectory(Path.Combine(Folder, test));
        foreach (var part in system.Parts)
        {
            File.WriteAllLines(Path.Combine(folder.FullName, $"{part.Name}.log"), part.Log);
        }
    }
}
