using Skypunch.Admin.V1;
using Skypunch.Cli.Terminal;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary><c>skypunch maintenance delete ID</c>.</summary>
internal static class DeleteWindow
{
    public static VerbCommand Create(VerbRunner runner, IdArgument id)
        => new VerbCommand("delete", "Deletes a window. If it covers targets now, it ends for them.")
        {
            Usage = ["maintenance delete ID", "maintenance ID delete"],
            Examples = [("maintenance delete 2", "Is done at once. What still fails is told by its next probe.")],
        }.With(id.OfVerb).Does(runner, async (session, cancellationToken) =>
        {
            var request = new DeleteMaintenanceWindowRequest { Id = await session.FindWindowAsync(id, cancellationToken) };
            var window = (await session.Api.Maintenance.DeleteMaintenanceWindowAsync(request, session.Call(cancellationToken))).Window;
            session.Show(MaintenanceShapes.Of(window), MaintenanceShapes.Json.JsonObject, () => session.Say($"Window: {window.Name} has been Deleted"));
            return ExitCodes.Ok;
        });
}
