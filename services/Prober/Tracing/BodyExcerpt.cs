using Skypunch.Prober.Answers;


namespace Skypunch.Prober.Tracing;

/// <summary>The beginning of a failing answer's body, as the trace shows it.</summary>
internal sealed class BodyExcerpt(Answer answer)
{
    /// <summary>The most characters that are shown.</summary>
    public const int Longest = 1024;

    public string Text => answer.Text.Trim();
}
