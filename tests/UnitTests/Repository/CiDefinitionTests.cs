using Skypunch.UnitTests.Deployment;
using YamlDotNet.RepresentationModel;

namespace Skypunch.UnitTests.Repository;

/// <summary>The CI of each host runs only .ci/run, so that what passes on a developer's machine passes there.</summary>
public sealed class CiDefinitionTests
{
    [Fact]
    public void GitHub_runs_the_CI_command()
    {
        var steps = Nodes(Read(".github/workflows/ci.yml"), "jobs", "test", "steps").Cast<YamlMappingNode>().ToList();

        Assert.Equal([".ci/run"], steps.Where(step => step.Children.ContainsKey("run")).Select(step => step.Children["run"].ToString()));
    }

    [Fact]
    public void GitLab_runs_the_CI_command() => Assert.Equal([".ci/run"], Nodes(Read(".gitlab-ci.yml"), "test", "script").Select(node => node.ToString()));

    [Theory]
    [InlineData(".github/dependabot.yml")]
    [InlineData(".github/ISSUE_TEMPLATE/config.yml")]
    [InlineData(".github/ISSUE_TEMPLATE/fault.yml")]
    [InlineData(".github/ISSUE_TEMPLATE/wish.yml")]
    public void The_other_definitions_are_YAML(string file) => Assert.NotEmpty(Read(file).Children);

    [Fact]
    public void Both_hosts_ask_the_same_of_a_change()
        => Assert.Equal(Sources.Read(".github/pull_request_template.md"), Sources.Read(".gitlab/merge_request_templates/Default.md"));

    private static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Sources.Read(file)));
        return Assert.IsType<YamlMappingNode>(yaml.Documents.Single().RootNode);
    }

    private static IEnumerable<YamlNode> Nodes(YamlNode node, params string[] path)
        => (YamlSequenceNode)path.Aggregate(node, (inner, key) => ((YamlMappingNode)inner).Children[key]);
}
