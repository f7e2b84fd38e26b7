using System.CommandLine;
using System.CommandLine.Help;
using Skypunch.Cli.Apply;
using Skypunch.Cli.Export;
using Skypunch.Cli.Help;
using Skypunch.Cli.Incidents;
using Skypunch.Cli.Maintenance;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Options;
using Skypunch.Cli.StartStop;
using Skypunch.Cli.Status;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Uptimes;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli;

/// <summary>The command <c>skypunch</c> with all its verbs.</summary>
internal static class RootVerb
{
    public static RootCommand Create(VerbRunner runner, GlobalOptions options, Surroundings surroundings)
    {
        var root = new RootCommand("Skypunch watches services and tells when one fails and when it recovers.")
        {
            StartVerb.Create(runner),
            StopVerb.Create(runner),
            OpenVerb.Create(runner),
            StatusVerb.Create(runner),
            TargetsVerb.Create(runner),
            NotifiersVerb.Create(runner),
            MaintenanceVerb.Create(runner),
            IncidentsVerb.Create(runner),
            UptimeVerb.Create(runner),
            ReportVerb.Create(runner),
            ApplyVerb.Create(runner),
            ExportVerb.Create(runner),
            CompletionVerb.Create(runner),
        };
        foreach (var option in options.All)
        {
            option.Recursive = true;
            root.Add(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ShowHelp(surroundings);
        help.Description = "Shows how a command is used.";
        help.Aliases.Remove("/h"); // on Unix these are paths
        help.Aliases.Remove("/?");
        var version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Shows the version.";
        version.Action = new ShowVersion(surroundings);
        root.SetAction(_ => HelpText.Write(root, surroundings)); // as in 2013: the version, and how it is used
        return root;
    }
}
