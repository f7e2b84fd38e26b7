using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets add NAME URL</c>.</summary>
internal static class AddTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = new Argument<string>("NAME") { Description = TargetFields.Of("name").Help };
        var url = new Argument<string?>("URL")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "What is asked for: an http or https address, without credentials in it; with --service-type a path.",
        };
        var disabled = new Option<bool>("--disabled") { Description = "Do not probe it until it is enabled." };
        List<RequestField<Target>> fields =
        [
            new("name", name, (s, t) => t.Name = s.Given.GetValue(name)!),
            new("url", url, (s, t) => t.Url = s.Given.GetValue(url)!),
            .. TargetOptions.All(),
            TargetOptions.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("add", "Adds a target; it is probed at once.")
        {
            Usage = ["targets add NAME URL [options]", "targets add NAME [PATH] --service-type TYPE --authn OPENSTACK [options]"],
            Examples =
            [
                ("targets add \"My site\" https://example.org", "Expects a 200 every 10 seconds."),
                ("targets add API https://example.org/v1 --method HEAD --frequency 1m --failure-threshold 3", "Is patient."),
                ("targets add Cart https://example.org/cart --label team=payments --label tier=1 --group shop/cart", "Says whose it is, and where it has its place."),
                (
                    "targets add Shop https://example.org/shop --authn BASIC --authn-params @credentials.txt",
                    "Logs in; the file holds user=me,password=secret."
                ),
                (
                    "targets add Search https://example.org/search --method POST --body '{\"q\": \"x\"}' "
                    + "--assert 'json $.hits == 1' --assert 'latency < 500ms'",
                    "Sends JSON, and wants one hit within half a second."
                ),
                (
                    "targets add Vault https://vault.internal/ -H @token.txt --tls-ca ca.pem --assert 'certificate > 14d'",
                    "Reads the header with the token from a file, trusts a CA of your own, and fails two weeks before the certificate ends."
                ),
                (
                    "targets add Nova /servers --authn OPENSTACK --authn-params - --service-type compute --region-name RegionOne",
                    "Finds the address of the service in Keystone's catalog."
                ),
            ],
        }.WithFields(fields).Does(runner, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            session.Subject.Kind = "target";
            if (session.Given.GetValue(url) is null && !fields.Exists(field => field.Path == "catalog.service_type" && field.IsGiven(session.Given)))
            {
                throw CliFault.Usage("which URL? Give it after the name, or a service of an OpenStack catalog with --service-type");
            }

            var request = new CreateTargetRequest { Target = new Target() };
            fields.CopyTo(request.Target, session);
            var target = (await session.Api.Targets.CreateTargetAsync(request, session.Call(cancellationToken))).Target;
            session.Show(
                TargetJson.Of(target),
                TargetShapes.Json.JsonObject,
                () => session.Say($"Target: {target.Name} has been Added with id {target.Id}"));
            UrlSecrets.Hint(target, session);
            return ExitCodes.Ok;
        });
    }
}
