using System.CommandLine;
using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Notifiers;

/// <summary><c>skypunch notifiers add NAME ADDRESS</c>.</summary>
internal static class AddNotifier
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var name = new Argument<string>("NAME") { Description = "What it is called; unique." };
        var address = new Argument<string>("ADDRESS")
        {
            Description = "Who is told: for SMTP a mail address, or several with commas between. Some types have none.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var disabled = new Option<bool>("--disabled") { Description = "Tell nothing until it is enabled." };
        List<RequestField<Notifier>> fields =
        [
            new("name", name, (s, n) => n.Name = s.Given.GetValue(name)!),
            new("address", address, (s, n) => n.Address = s.Given.GetValue(address)!),
            .. new NotifierFields().All,
            NotifierFields.Switch(disabled, enabled: false),
        ];
        return new VerbCommand("add", "Adds a notifier; it is told of every change from now on, or of those that --match selects.")
        {
            Usage = ["notifiers add NAME [ADDRESS] --params PARAMS [options]"],
            Examples =
            [
                ("notifiers add Ops ops@example.org --params server=mail.example.org", "Sends without a login."),
                (
                    "notifiers add Ops ops@example.org --params @mail.txt",
                    "The file holds user=me,password=secret,server=mail.example.org."
                ),
                ("notifiers add Ops ops@example.org --params -", "Asks for the same, and does not show it."),
                ("notifiers add Pay pay@example.org --params @mail.txt --match 'labels.team = payments'", "Tells a team of its targets only."),
            ],
        }.WithFields(fields).Does(runner, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            session.Subject.Kind = "notifier";
            var request = new CreateNotifierRequest { Notifier = new Notifier() };
            fields.CopyTo(request.Notifier, session);
            var notifier = (await session.Api.Notifiers.CreateNotifierAsync(request, session.Call(cancellationToken))).Notifier;
            session.Show(
                NotifierJson.Of(notifier),
                NotifierShapes.Json.NotifierJson,
                () => session.Say($"Notifier: {notifier.Name} has been Added with id {notifier.Id}"));
            return ExitCodes.Ok;
        });
    }
}
