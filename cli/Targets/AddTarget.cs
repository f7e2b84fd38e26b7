using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Options;
using Skypunch.Cli.Output;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets add NAME URL</c>.</summary>
internal static class AddTarget
{
    public static VerbCommand Create(CommandLine commandLine, IdArgument id)
    {
        var name = new Argument<string>("NAME") { Description = "What it is called; unique." };
        var url = new Argument<string>("URL") { Description = "What is asked for: an http or https address, without credentials in it." };
        var disabled = new Option<bool>("--disabled") { Description = "Do not probe it until it is enabled." };
        List<RequestField<Target>> fields =
        [
            new("name", name, (s, t) => t.Name = s.Given.GetValue(name)!),
            new("url", url, (s, t) => t.Url = s.Given.GetValue(url)!),
            .. new TargetFields().All,
            TargetFields.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("add", "Adds a target; it is probed at once.")
        {
            Usage = ["targets add NAME URL [options]"],
            Examples =
            [
                ("targets add \"My site\" https://example.org", "Expects a 200 every 10 seconds."),
                ("targets add API https://example.org/v1 --method HEAD --frequency 1m --failure-threshold 3", "Is patient."),
                (
                    "targets add Shop https://example.org/shop --authn BASIC --authn-params - < credentials.txt",
                    "Logs in; the file holds user=me,password=secret."
                ),
            ],
        }.WithFields(fields).Does(commandLine, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            session.Subject.Kind = "target";
            var request = new CreateTargetRequest { Target = new Target() };
            fields.CopyTo(request.Target, session);
            var target = (await session.Api.Targets.CreateTargetAsync(request, session.Call(cancellationToken))).Target;
            session.Show(
                TargetJson.Of(target),
                CliJson.Shape.TargetJson,
                () => session.Say($"Target: {target.Name} has been Added with id {target.Id}"));
            return ExitCodes.Ok;
        });
    }
}
