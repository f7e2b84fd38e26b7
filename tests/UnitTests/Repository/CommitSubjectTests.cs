using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Repository;

/// <summary>The subject of a commit fits on one line of whatever lists commits.</summary>
public sealed class CommitSubjectTests
{
    private const int Limit = 72;
    private const string LastBeforeTheRule = "903a84d6368c1f34528c3cbc4cbfc4aa220272a3";
    private const string Looked = "30"; // a change has fewer

    [Fact]
    public void The_latest_ones_have_less_than_72_characters()
    {
        Assert.SkipUnless(Path.Exists(Sources.PathOf(".git")), "These are sources without their history.");
        string[] older = Git("cat-file", "-e", LastBeforeTheRule).ExitCode == 0 ? ["^" + LastBeforeTheRule] : []; // a shallow clone may lack it
        var log = Git(["log", "--no-merges", "--max-count", Looked, "--format=%h %an%x09%s", "HEAD", .. older]);
        Assert.True(log.ExitCode == 0, log.Error);

        var commits = log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).ToList();

        Assert.NotEmpty(commits);
        Assert.All(commits, commit => Assert.True(
            commit[1].Length < Limit || commit[0].EndsWith("[bot]", StringComparison.Ordinal),
            $"The subject of the commit {commit[0]} has {commit[1].Length} characters, and must have less than {Limit}: '{commit[1]}'. 'git commit --amend' or 'git rebase --interactive' changes it."));
    }

    private static Command Git(params string[] arguments) =>
        Command.Run("git", ["-c", "safe.directory=*", "-C", Sources.Folder, .. arguments]) ?? Command.Missing("There is no git on this machine.");
}
