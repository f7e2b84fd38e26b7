using System.CommandLine;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Apply;

/// <summary><c>skypunch apply -f FILE</c>: makes the server have what files say.</summary>
internal static class ApplyVerb
{
    public static VerbCommand Create(VerbRunner runner)
    {
        var file = new Option<string[]>("--file")
        {
            HelpName = "FILE",
            Required = true,
            Description = "What there must be, in the form of skypunch.yaml; a folder stands for its *.yaml and *.yml files, - for stdin. "
                + "May be repeated.",
        };
        file.Aliases.Add("-f");
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and say what would be done, but do nothing." };
        var prune = new Option<bool>("--prune")
        {
            Description = "Also delete the targets that no file names, if a file has 'targets:'; likewise the notifiers.",
        };
        return new VerbCommand("apply", "Creates and changes targets and notifiers so that they are as files say.")
        {
            Usage = ["apply -f FILE [-f FILE ...] [--dry-run] [--prune]"],
            Examples =
            [
                ("apply -f skypunch.yaml --dry-run", "Says what would be done."),
                ("apply -f monitoring/ --prune", "Makes the server have what the files of a folder name, and nothing else."),
                ("apply -f - -o json < targets.yaml", "Reads stdin, and tells a program what was done."),
            ],
            Remarks = "An entry is known by its name. What a file does not say of it is the default, whatever the server had. "
                + "Everything is checked first: where anything is wrong, nothing is changed. 'cloud: NAME' takes a login from clouds.yaml.",
        }.With(file, dryRun, prune).Does(runner, async (session, cancellationToken) =>
        {
            var documents = ApplyFiles.Read(session.Given.GetValue(file)!, session);
            var changes = await new ApplyCheck(session, documents).PlanAsync(session.Given.GetValue(prune), cancellationToken);
            await new ApplyRun(session, session.Given.GetValue(dryRun)).DoAsync(changes, cancellationToken);
            return ExitCodes.Ok;
        });
    }
}
