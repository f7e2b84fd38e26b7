using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Notifiers;
using Skypunch.Cli.Output;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Export;

/// <summary><c>skypunch export</c>: prints what the server has as a file that <c>apply</c> takes.</summary>
internal static class ExportVerb
{
    public static VerbCommand Create(VerbRunner runner) => new VerbCommand(
        "export", "Prints all targets and notifiers as a configuration file that 'apply' takes; secrets have to be filled in.")
    {
        Usage = ["export [-o yaml]"],
        Formats = [.. Formats.Common, OutputFormat.Yaml],
        Examples =
        [
            ("export > skypunch.yaml", "Keeps what there is in a file from now on."),
            ("export --server http://monitor:7413 --token-file token.txt", "Prints another server's."),
        ],
        Remarks = "What is the default is left out. The server does not give secrets back: a comment stands where one has to be filled in.",
    }.Does(runner, async (session, cancellationToken) =>
    {
        if (session.Json)
        {
            throw CliFault.Usage("--output: 'export' prints yaml; 'targets' and 'notifiers' print json");
        }

        session.Surroundings.Out.Write(await session.Progress("exporting").WatchAsync(TextAsync(session, cancellationToken)));
        return ExitCodes.Ok;
    });

    private static async Task<ConfigText> TextAsync(Session session, CancellationToken cancellationToken)
    {
        var targets = await session.ListTargetsAsync(cancellationToken);
        var notifiers = await session.ListNotifiersAsync(cancellationToken);
        var standard = await StandardAsync(session, cancellationToken);
        var text = new ConfigText();
        text.Remark($"What {Printable.Of(session.Api.Server.Display)} watches, and whom it tells, for 'skypunch apply -f'.");
        text.List("targets", targets.Count == 0);
        foreach (var target in targets)
        {
            TargetExport.Write(target, standard, text);
        }

        text.List("notifiers", notifiers.Count == 0);
        foreach (var notifier in notifiers)
        {
            Write(notifier, text);
        }

        return text;
    }

    // What the server makes of nothing but a name and a URL.
    private static async Task<Target> StandardAsync(Session session, CancellationToken cancellationToken)
    {
        var request = new CreateTargetRequest
        {
            Target = new Target { Name = $"{Guid.NewGuid():N}", Url = "http://localhost" },
            ValidateOnly = true,
        };
        return (await session.Api.Targets.CreateTargetAsync(request, session.Call(cancellationToken))).Target;
    }

    private static void Write(Notifier notifier, ConfigText text)
    {
        text.Entry();
        text.Pair("name", notifier.Name);
        text.Pair("type", notifier.Type, "SMTP");
        text.Pair("address", notifier.Address);
        text.Secret("params: ...", $"fill in the parameters of {notifier.Type} ('skypunch notifiers types {notifier.Type}' lists them)");
        text.Pair("enabled", notifier.IsEnabled(), standard: true);
        text.Pair("match", notifier.Match);
        text.Pair("hours", notifier.Hours);
    }
}
