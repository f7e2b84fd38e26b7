namespace Skypunch.Notifier.Channels.Chat;

/// <summary>A line of a message: a label in bold, where there is one, and a text. Neither has markup.</summary>
/// <param name="Label">The label without its colon; null: there is none.</param>
/// <param name="Text">The text, on one line.</param>
internal sealed record ChatLine(string? Label, string Text)
{
    /// <summary>Whether an empty line stands before it.</summary>
    public bool BeginsPart { get; init; }
}
