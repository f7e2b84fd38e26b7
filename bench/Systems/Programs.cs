using Skypunch.Bench.Faults;

namespace Skypunch.Bench.Systems;

/// <summary>Finds the built programs and the repository.</summary>
internal static class Programs
{
    private const string Solution = "Skypunch.sln";

    /// <summary>The top folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The path of a program that was built together with the bench.</summary>
    /// <param name="project">The name of the program's project.</param>
    /// <param name="program">The file name of the program.</param>
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
