namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Marks the health endpoint in two ways: as a feature it marks the connections to its port, as metadata the routes that are answered
/// there. A connection with the mark is answered only on routes with it, and a connection without the mark only on routes without it.
/// </summary>
internal sealed class HealthDoor
{
    /// <summary>The endpoint's name below <c>Kestrel:Endpoints</c>.</summary>
    public const string Name = "Health";

    public static readonly HealthDoor Mark = new();

    private HealthDoor()
    {
    }
}
