namespace Skypunch.Prober.Http;

/// <summary>What is wanted of an answer's body.</summary>
internal enum BodyUse
{
    /// <summary>Nothing: it is not read.</summary>
    None,

    /// <summary>Whether it comes as it should, for a moment: nobody judges it.</summary>
    Glance,

    /// <summary>The same, and its beginning for the trace.</summary>
    Excerpt,

    /// <summary>How long all of it takes.</summary>
    Time,

    /// <summary>All of it, for the assertions.</summary>
    All,
}

/// <summary>What is wanted of one answer's body.</summary>
/// <param name="Use">What for.</param>
/// <param name="Patience">How long a body is waited for that nobody judges; asked when it must be waited for at all.</param>
internal readonly record struct BodyWish(BodyUse Use, Func<TimeSpan> Patience)
{
    /// <summary>Whether the probe is over without it.</summary>
    public bool IsNeeded => Use is BodyUse.Time or BodyUse.All;
}
