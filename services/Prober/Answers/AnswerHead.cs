namespace Skypunch.Prober.Answers;

/// <summary>The status and the headers of an answer.</summary>
internal abstract class AnswerHead
{
    /// <summary>The status code.</summary>
    public abstract int Status { get; }

    /// <summary>The server's words for the status; empty where it has none.</summary>
    public abstract string Reason { get; }

    /// <summary>A header's value; null where there is none. Several values are listed with commas between.</summary>
    public abstract string? Header(string name);

    /// <summary>A header's values, each by itself.</summary>
    public abstract IReadOnlyList<string> Values(string name);
}
