using System.Text.Json;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>The programs that an editor starts are those that the build makes.</summary>
public sealed class RunConfigurationTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    [Fact]
    public void Each_configuration_starts_a_program_of_the_build()
    {
        using var launch = JsonDocument.Parse(Sources.Read(".vscode/launch.json"), WithComments);
        var programs = launch.RootElement.GetProperty("configurations").EnumerateArray()
            .Where(configuration => configuration.TryGetProperty("program", out _))
            .Select(configuration => configuration.GetProperty("program").GetString()!)
            .ToList();

        Assert.Equal(5, programs.Count);
        Assert.All(programs, program =>
        {
            Assert.StartsWith("${workspaceFolder}/artifacts/bin/", program, StringComparison.Ordinal);
            var project = program.Split('/')[3];
            var file = Directory.GetFiles(Sources.Folder, $"{project}.csproj", SearchOption.AllDirectories).Single();
            var named = System.Xml.Linq.XDocument.Load(file).Descendants("AssemblyName").FirstOrDefault()?.Value ?? $"Skypunch.{project}";
            Assert.EndsWith($"/debug/{named}.dll", program, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Each_task_that_a_configuration_needs_is_there()
    {
        using var launch = JsonDocument.Parse(Sources.Read(".vscode/launch.json"), WithComments);
        using var tasks = JsonDocument.Parse(Sources.Read(".vscode/tasks.json"), WithComments);
        var labels = tasks.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("label").GetString()).ToHashSet();

        Assert.All(
            launch.RootElement.GetProperty("configurations").EnumerateArray().Where(configuration => configuration.TryGetProperty("preLaunchTask", out _)),
            configuration => Assert.Contains(configuration.GetProperty("preLaunchTask").GetString(), labels));
    }

    [Fact]
    public void The_dev_container_is_described_in_JSON()
    {
        using var container = JsonDocument.Parse(Sources.Read(".devcontainer/devcontainer.json"), WithComments);

        Assert.Contains("dotnet", container.RootElement.GetProperty("image").GetString(), StringComparison.Ordinal);
    }
}
