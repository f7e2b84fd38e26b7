using Skypunch.Admin.V1;
using Skypunch.Cli.Output;
using Skypunch.Cli.Verbs;

namespace Skypunch.Cli.History;

/// <summary>A list of incidents in any format.</summary>
internal static class IncidentOutput
{
    /// <summary>Prints the list, for people <paramref name="none"/> where it is empty.</summary>
    public static void Show(IReadOnlyList<Incident> incidents, Session session, string none) => session.Show(
        [.. incidents.Select(incident => MessageJson.ObjectOf(incident))],
        HistoryShapes.Json.JsonObjectArray,
        () => new MessageCsv(Incident.Descriptor).TableOf(incidents),
        () =>
        {
            if (incidents.Count == 0)
            {
                session.Say(none);
                return;
            }

            IncidentTables.List(incidents, session.Surroundings).WriteTo(session.Surroundings);
        });
}
