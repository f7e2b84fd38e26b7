namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Marks the health endpoint, twice: as a feature, a connection that came to its port; as metadata, what is answered there. The one is answered to the other, and nothing else is.
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
