using Skypunch.Admin.V1;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.Maintenance;

/// <summary>Reading and making maintenance windows on the server.</summary>
internal static class WindowCalls
{
    private const int PageSize = 1000;

    /// <summary>The ID of a window on the command line.</summary>
    public static IdArgument Id() => new("window") { Lists = "maintenance" };

    /// <summary>All windows, by id.</summary>
    public static async Task<List<MaintenanceWindow>> ListWindowsAsync(this Session session, CancellationToken cancellationToken)
    {
        var windows = new List<MaintenanceWindow>();
        var request = new ListMaintenanceWindowsRequest { PageSize = PageSize };
        do
        {
            var page = await session.Api.Maintenance.ListMaintenanceWindowsAsync(request, session.Call(cancellationToken));
            windows.AddRange(page.Windows);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return windows;
    }

    /// <summary>The id of the window that the command line names.</summary>
    public static Task<long> FindWindowAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
        => id.FindAsync(session, async _ => [.. (await session.ListWindowsAsync(cancellationToken)).Select(window => (window.Id, window.Name))]);

    /// <summary>The window that the command line names.</summary>
    public static async Task<MaintenanceWindow> GetWindowAsync(this Session session, IdArgument id, CancellationToken cancellationToken)
    {
        var request = new GetMaintenanceWindowRequest { Id = await session.FindWindowAsync(id, cancellationToken) };
        return (await session.Api.Maintenance.GetMaintenanceWindowAsync(request, session.Call(cancellationToken))).Window;
    }

    /// <summary>Creates a window.</summary>
    public static async Task<MaintenanceWindow> CreateWindowAsync(this Session session, MaintenanceWindow window, CancellationToken cancellationToken)
    {
        var request = new CreateMaintenanceWindowRequest { Window = window };
        return (await session.Api.Maintenance.CreateMaintenanceWindowAsync(request, session.Call(cancellationToken))).Window;
    }

    /// <summary>Prints a window that was added: as JSON, or what it is called and what it covers.</summary>
    public static void ShowAdded(this Session session, MaintenanceWindow window) => session.Show(
        MaintenanceShapes.Of(window),
        MaintenanceShapes.Json.JsonObject,
        () => session.Say($"Window: {window.Name} has been Added with id {window.Id}; {WindowText.Coverage(window, session.Surroundings.Time)}"));
}
