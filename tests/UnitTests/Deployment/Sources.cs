namespace Skypunch.UnitTests.Deployment;

/// <summary>The folder of the sources that these tests were built from.</summary>
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
