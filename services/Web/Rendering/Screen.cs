using Microsoft.AspNetCore.Components;

namespace Skypunch.Web.Rendering;

/// <summary>What a request shows: a component and its model, inside the frame that all screens have.</summary>
/// <param name="Title">The title, in the viewer's language.</param>
/// <param name="Section">The part of the menu to which the screen belongs; empty: none.</param>
/// <param name="Component">The component.</param>
/// <param name="Model">Its parameter <c>Model</c>.</param>
public sealed record Screen(string Title, string Section, Type Component, object Model) : IAnswer
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether the screen follows what happens while somebody looks at it.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether the menu is left out: before a login, and on the wall.</summary>
    public bool IsBare { get; init; }

    /// <summary>A number for the title of the browser's tab, such as how many targets fail.</summary>
    public long Alarm { get; init; }

    public static Screen Of<TComponent, TModel>(string title, string section, TModel model)
        where TComponent : ScreenComponent<TModel>
        where TModel : notnull
        => new(title, section, typeof(TComponent), model);
}

/// <summary>What a form gives: a screen, or the way to another one.</summary>
public interface IAnswer;

/// <summary>Goes on to another screen, as a form does that has done what it was asked for.</summary>
/// <param name="Path">Where to: a link below the path base, without a slash at its begin.</param>
/// <param name="Told">What is said there; empty: nothing.</param>
public sealed record Elsewhere(string Path, string Told = "") : IAnswer;

/// <summary>The base of the components that are a whole screen.</summary>
/// <typeparam name="TModel">What the screen shows.</typeparam>
public abstract class ScreenComponent<TModel> : WordComponent
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }
}

/// <summary>The base of all components: they speak the viewer's language.</summary>
public abstract class WordComponent : ComponentBase
{
    [CascadingParameter]
    public required Visit Visit { get; set; }

    /// <summary>A text in the viewer's language (<see cref="Languages.Words"/>).</summary>
    protected string T(string english, params object?[] values) => Visit.Words.Of(english, values);
}
