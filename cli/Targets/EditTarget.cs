using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets edit ID</c>: changes what is given, and nothing else.</summary>
internal static class EditTarget
{
    public static VerbCommand Create(CommandLine commandLine, IdArgument id)
    {
        var name = Parsed.Text("--name", "NAME", "What it is called; unique.");
        var url = Parsed.Text("--url", "URL", "What is asked for: an http or https address.");
        var enabled = new Option<bool>("--enabled") { Description = "Probe it." };
        var disabled = new Option<bool>("--disabled") { Description = "Do not probe it." };
        List<RequestField<Target>> fields =
        [
            new("name", name, (s, t) => t.Name = s.Given.GetValue(name)!),
            new("url", url, (s, t) => t.Url = s.Given.GetValue(url)!),
            .. new TargetFields().All,
            TargetFields.Switch(enabled, enabled: true),
            TargetFields.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("edit", "Changes what is given of a target. Its status and counters stay.")
        {
            Usage = ["targets edit ID [options]", "targets ID edit [options]"],
            Examples =
            [
                ("targets edit 3 --frequency 1m --timeout 20s", "Probes it every minute."),
                ("targets edit 3 --authn BASIC --authn-params -", "Reads user=NAME,password=SECRET from stdin."),
            ],
        }.With(id.OfVerb).WithFields(fields).Does(commandLine, async (session, cancellationToken) =>
        {
            if (session.Given.GetValue(enabled) && session.Given.GetValue(disabled))
            {
                throw CliFault.Usage("--enabled and --disabled exclude each other");
            }

            var target = new Target();
            var mask = fields.CopyChangesTo(target, session);
            target.Id = await session.FindTargetAsync(id, cancellationToken);
            var request = new UpdateTargetRequest { Target = target, UpdateMask = mask };
            target = (await session.Api.Targets.UpdateTargetAsync(request, session.Call(cancellationToken))).Target;
            session.Show(TargetJson.Of(target), CliJson.Shape.TargetJson, () => session.Say($"Target: {target.Name} has been Changed"));
            return ExitCodes.Ok;
        });
    }
}
