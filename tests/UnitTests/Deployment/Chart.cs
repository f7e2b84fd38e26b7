namespace Skypunch.UnitTests.Deployment;

/// <summary>
/// The Helm chart in <c>deploy/helm/skypunch</c>, rendered by Helm or, where Helm is missing, by the stand-in that <c>tests/run</c> builds.
/// </summary>
internal static class Chart
{
    /// <summary>The path of a file of the chart.</summary>
    public static string PathOf(string path) => Path.Combine(Sources.PathOf("deploy/helm/skypunch"), path);

    /// <summary>The objects that <c>helm install</c> would create with these values files.</summary>
    public static string Render(params string[] values)
    {
        var run = Run(values);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    /// <summary>The reason why the chart refuses these values.</summary>
    public static string Refuse(string values)
    {
        using var temp = new Standalone.TempFolder();
        var run = Run(temp.Write("values.yaml", values));
        Assert.True(run.ExitCode != 0, $"These values were taken: {values}");
        return run.Error;
    }

    private static Command Run(params string[] values)
    {
        string[] arguments = ["template", "skypunch", PathOf(""), "--namespace", "skypunch", .. values.SelectMany(file => new[] { "--values", file })];
        return Command.Run("helm", arguments) ?? Command.Run("skypunch-test-helm", arguments)
            ?? Command.Missing("There is no helm on this machine; tests/run, as root on Debian or Ubuntu, builds a stand-in.");
    }
}
