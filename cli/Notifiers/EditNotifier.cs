using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers edit ID</c>: changes what is given, and nothing else.</summary>
internal static class EditNotifier
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = Parsed.Text("--name", "NAME", "What it is called; unique.");
        var address = Parsed.Text("--address", "ADDRESS", "Who is told: for SMTP a mail address, or several with commas between.");
        var enabled = new Option<bool>("--enabled") { Description = "Tell it of changes." };
        var disabled = new Option<bool>("--disabled") { Description = "Tell it nothing." };
        List<RequestField<Notifier>> fields =
        [
            new("name", name, (s, n) => n.Name = s.Given.GetValue(name)!),
            new("address", address, (s, n) => n.Address = s.Given.GetValue(address)!),
            .. new NotifierFields().All,
            NotifierFields.Switch(enabled, enabled: true),
            NotifierFields.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("edit", "Changes what is given of a notifier. Its counters stay.")
        {
            Usage = ["notifiers edit ID [options]", "notifiers ID edit [options]"],
            Examples =
            [
                ("notifiers edit 1 --address ops@example.org,boss@example.org", "Tells two people."),
                ("notifiers edit 1 --params @mail.txt", "Takes all parameters, the password too, from a file."),
                ("notifiers edit 1 --match ''", "Tells it of every change again."),
            ],
        }.With(id.OfVerb).WithFields(fields).Does(runner, async (session, cancellationToken) =>
        {
            if (session.Given.GetValue(enabled) && session.Given.GetValue(disabled))
            {
                throw CliFault.Usage("--enabled and --disabled exclude each other");
            }

            var notifier = new Notifier();
            var mask = fields.CopyChangesTo(notifier, session);
            notifier.Id = await session.FindNotifierAsync(id, cancellationToken);
            var request = new UpdateNotifierRequest { Notifier = notifier, UpdateMask = mask };
            notifier = (await session.Api.Notifiers.UpdateNotifierAsync(request, session.Call(cancellationToken))).Notifier;
            session.Show(
                NotifierJson.Of(notifier),
                NotifierShapes.Json.NotifierJson,
                () => session.Say($"Notifier: {notifier.Name} has been Changed"));
            return ExitCodes.Ok;
        });
    }
}
