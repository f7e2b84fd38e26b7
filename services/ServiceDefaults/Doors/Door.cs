namespace Skypunch.ServiceDefaults.Doors;

/// <summary>
/// Marks a listener in two ways: as a feature it marks the connections to its port, as metadata the routes that are answered there. A
/// connection is answered only on the routes of its own door. The admin API's door is the one without a mark.
/// </summary>
internal sealed class Door
{
    /// <summary>The door of health and metrics.</summary>
    public static readonly Door Health = new("Health");

    /// <summary>The door of the page.</summary>
    public static readonly Door Web = new("Web");

    private Door(string name) => Name = name;

    /// <summary>The endpoint's name below <c>Kestrel:Endpoints</c>.</summary>
    public string Name { get; }
}
