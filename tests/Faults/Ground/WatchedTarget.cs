namespace Skypunch.Faults.Ground;

/// <summary>A target of a trial.</summary>
internal sealed class WatchedTarget(long id, string name, ScriptedPage page)
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    public ScriptedPage Page { get; } = page;

    /// <summary>How often the target was down, was recorded as FAIL, and was up again.</summary>
    public int Downs { get; set; }
}
