using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.ConfigFile.Fields;

namespace Skypunch.Cli.Targets;

/// <summary><c>skypunch targets edit ID</c>, or with a filter many: changes what is given, and nothing else.</summary>
internal static class EditTarget
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id, TargetFilter filter)
    {
        var noLabels = new Option<bool>("--no-labels") { Description = "Remove all labels." };
        var noHeaders = new Option<bool>("--no-headers") { Description = "Send no headers of your own any more." };
        var noQuery = new Option<bool>("--no-secret-query") { Description = "Add no secret parameters to the URL's query any more." };
        var noAssertions = new Option<bool>("--no-assertions") { Description = "Expect nothing but the status any more." };
        var enabled = new Option<bool>("--enabled") { Description = "Probe it." };
        var disabled = new Option<bool>("--disabled") { Description = "Do not probe it." };
        List<RequestField<Target>> fields =
        [
            .. TargetOptions.Of(TargetFields.Of("name")),
            .. TargetOptions.Of(TargetFields.Of("url")),
            .. TargetOptions.All(LabelOptions.Change),
            new("labels", noLabels, (_, t) => t.Labels.Clear()),
            new("headers", noHeaders, (_, t) => t.Headers.Clear()),
            new("query_secrets", noQuery, (_, t) => t.QuerySecrets.Clear()),
            new("assertions", noAssertions, (_, t) => t.Assertions.Clear()),
            TargetOptions.Switch(enabled, enabled: true),
            TargetOptions.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("edit", "Changes what is given of a target, or of all that a filter means. Status and counters stay.")
        {
            Usage = ["targets edit ID [options]", "targets ID edit [options]", "targets edit --filter EXPR [options] [--yes]"],
            Examples =
            [
                ("targets edit 3 --frequency 1m --timeout 20s", "Probes it every minute."),
                ("targets edit 3 --authn BASIC --authn-params -", "Asks for user=NAME,password=SECRET, and does not show it."),
                ("targets edit 3 -H 'Accept: application/json' -H 'X-Tenant: 7'", "These are its headers now, all of them."),
                ("targets edit 3 --label team=payments --label tier-", "Sets one label and removes another; the others stay."),
                ("targets edit 3 --no-assertions --tls-cert '' --tls-key ''", "Takes assertions and client certificate away."),
                ("targets edit --filter 'group : shop' --label team=payments --frequency 1m", "Asks, with their number, before it is done with all of them."),
            ],
        }.With(id.OfVerb, filter.OfVerb, filter.Yes).WithFields(fields).Does(runner, async (session, cancellationToken) =>
        {
            var target = new Target();
            var mask = fields.CopyChangesTo(target, session);
            if (filter.Text(session, id) is { } which)
            {
                return await EditTargets.RunAsync(session, which, session.Given.GetValue(filter.Yes), target, mask, cancellationToken);
            }

            target.Id = await session.FindTargetAsync(id, cancellationToken);
            var request = new UpdateTargetRequest { Target = target, UpdateMask = mask };
            target = (await session.Api.Targets.UpdateTargetAsync(request, session.Call(cancellationToken))).Target;
            session.Show(TargetJson.Of(target), TargetShapes.Json.JsonObject, () => session.Say($"Target: {target.Name} has been Changed"));
            UrlSecrets.Hint(target, session);
            return ExitCodes.Ok;
        });
    }
}
