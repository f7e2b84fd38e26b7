using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Skypunch.Admin.V1;
using Skypunch.Cli.Faults;
using Skypunch.Cli.Options;
using Skypunch.Cli.Targets;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;
using Skypunch.Contracts.Texts;

namespace Skypunch.Cli.Maintenance;

/// <summary><c>skypunch maintenance now 30m</c>: a window that begins at once.</summary>
internal static class StartWindow
{
    private const int LongestNameOfTarget = 100; // a window's name has 128 characters

    public static VerbCommand Create(VerbRunner runner, IdArgument id)
    {
        var duration = new Argument<Duration>("TIME")
        {
            Description = "How long it lasts, such as 30m.",
            CustomParser = result =>
            {
                if (DurationText.TryParse(result.Tokens is [var token] ? token.Value : "", out var time) && time > TimeSpan.Zero && time.Ticks % TimeSpan.TicksPerSecond == 0)
                {
                    return time.ToDuration();
                }

                result.AddError("TIME: must be whole seconds, such as 30m, 1h or 90");
                return null;
            },
        };
        var target = new Argument<string?>("TARGET") { Arity = ArgumentArity.ZeroOrOne, Description = "The one target that it covers, by its id or name." };
        var filter = Parsed.Text("--filter", "EXPR", "Which targets it covers, such as 'labels.team = payments'; 'id > 0' means all.");
        var name = Parsed.Text("--name", "NAME", "What it is called; unique. Default: the target or 'Maintenance', and the time.");
        var description = Parsed.Text("--description", "TEXT", "What it is for.");
        return new VerbCommand("now", "Begins a window at once: for so long nobody is told that its targets fail.")
        {
            Usage = ["maintenance now TIME TARGET", "maintenance now TIME --filter EXPR"],
            Examples =
            [
                ("maintenance now 30m Shop", "One target, for half an hour."),
                ("maintenance now 2h --filter 'group : shop' --description 'new database'", "All of a group."),
                ("maintenance delete 7", "Ends it early, by the id that 'now' has printed."),
            ],
        }.With(duration, target, filter, name, description).Does(runner, async (session, cancellationToken) =>
        {
            id.MustBeAbsent(session.Given);
            var (expression, what) = await MeantAsync(session, target, filter, cancellationToken);
            (session.Subject.Kind, session.Subject.Lists, session.Subject.Id) = ("window", "maintenance", null);
            foreach (var (field, symbol) in new (string, Symbol)[] { ("filter", filter), ("name", name), ("description", description), ("once", duration) })
            {
                session.Subject.Name(field, symbol.Name);
            }

            session.ShowAdded(await session.CreateWindowAsync(
                new MaintenanceWindow
                {
                    Name = session.Given.GetValue(name) ?? $"{what} {LocalNow(session)}",
                    Description = session.Given.GetValue(description) ?? "",
                    Filter = expression,
                    Once = new MaintenanceOnce { Duration = session.Given.GetValue(duration) },
                },
                cancellationToken));
            return ExitCodes.Ok;
        });
    }

    private static async Task<(string Expression, string What)> MeantAsync(Session session, Argument<string?> target, Option<string> filter, CancellationToken cancellationToken)
    {
        switch (session.Given.GetValue(target), session.Given.GetValue(filter))
        {
            case (not null, not null):
                throw CliFault.Usage("a TARGET and --filter exclude each other");
            case (null, null):
                throw CliFault.Usage("which targets? Give one by its id or name, or --filter; --filter 'id > 0' means all");
            case (null, { } expression):
                return (expression, "Maintenance");
            case ({ } text, _):
                session.Subject.Kind = "target";
                var id = (await session.FindTargetsAsync([text], cancellationToken))[0];
                session.Subject.Id = id;
                var found = await session.Api.Targets.GetTargetAsync(new GetTargetRequest { Id = id }, session.Call(cancellationToken));
                return (FormattableString.Invariant($"id = {id}"), Cut(found.Target.Name));
        }
    }

    private static string Cut(string name) => name.Length <= LongestNameOfTarget ? name : $"{name[..(char.IsHighSurrogate(name[LongestNameOfTarget - 2]) ? LongestNameOfTarget - 2 : LongestNameOfTarget - 1)]}…";

    private static string LocalNow(Session session)
        => TimeZoneInfo.ConvertTime(session.Surroundings.Time.GetUtcNow(), session.Surroundings.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
