namespace Skypunch.Bench.Systems;

/// <summary>Where the built programs and the repository lie.</summary>
internal static class Programs
{
    private const string Solution = "Skypunch.sln";

    /// <summary>The top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A program that was built with the bench.</summary>
    /// <param name="project">The name of its project.</param>
    /// <param name="program">Its file.</param>
    public static string Of(string project, string program)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/bench/release/
        var path = Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, program);
        return File.Exists(path) ? path : throw new BenchException($"{path} is not there: run 'dotnet build -c Release {Solution}'.");
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new BenchException($"The bench runs from a clone of the repository: no folder above {AppContext.BaseDirectory} has {Solution}.");
    }
}
