namespace Skypunch.UnitTests.Deployment;

/// <summary>The folder with the sources from which these tests were built.</summary>
internal static class Sources
{
    public static string Folder { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Folder, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Skypunch.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the sources.");
        }

        return folder.FullName;
    }
}
