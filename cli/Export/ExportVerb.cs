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
    public static VerbCommand Create(VerbRunner runner)
    {
        var filter = TargetFilter.OfList("Only the targets that EXPR means, such as 'labels.team = payments', and no notifiers.");
        return new VerbCommand("export", "Prints all targets and notifiers as a configuration file that 'apply' takes; secrets have to be filled in.")
        {
            Usage = ["export [--filter EXPR] [-o yaml]"],
            Formats = [.. Formats.Common, OutputFormat.Yaml],
            Examples =
            [
                ("export > skypunch.yaml", "Keeps what there is in a file from now on."),
                ("export --server http://monitor:7413 --token-file token.txt", "Prints another server's."),
                ("export --filter 'group : shop' > shop.yaml", "The targets of one group; 'apply --prune' would delete all others."),
            ],
            Remarks = "What is the default is left out. The server does not give secrets back: a comment stands where one has to be filled in.",
        }.With(filter).Does(runner, async (session, cancellationToken) =>
        {
            if (session.Json)
            {
                throw CliFault.Usage("--output: 'export' prints yaml; 'targets' and 'notifiers' print json");
            }

            var text = TextAsync(session, TargetFilter.TextOfList(session, filter), cancellationToken);
            session.Surroundings.Out.Write(await session.Progress("exporting").WatchAsync(text));
            return ExitCodes.Ok;
        });
    }

    private static async Task<ConfigText> TextAsync(Session session, string? filter, CancellationToken cancellationToken)
    {
        var targets = await session.ListTargetsAsync(cancellationToken, filter: filter ?? "");
        var standard = await StandardAsync(session, cancellationToken);
        var text = new ConfigText();
        text.Remark(filter is null
            ? $"What {Printable.Of(session.Api.Server.Display)} watches, and whom it tells, for 'skypunch apply -f'."
            : $"What {Printable.Of(session.Api.Server.Display)} watches where {Printable.Of(filter)}, for 'skypunch apply -f' without --prune.");
        text.List("targets", targets.Count == 0);
        foreach (var target in targets)
        {
            TargetExport.Write(target, standard, text);
        }

        if (filter is null)
        {
            await WriteNotifiersAsync(session, text, cancellationToken);
        }

        return text;
    }

    private static async Task WriteNotifiersAsync(Session session, ConfigText text, CancellationToken cancellationToken)
    {
        var notifiers = await session.ListNotifiersAsync(cancellationToken);
        text.List("notifiers", notifiers.Count == 0);
        foreach (var notifier in notifiers)
        {
            Write(notifier, text);
        }
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
