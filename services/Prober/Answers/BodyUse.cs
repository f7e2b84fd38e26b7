namespace Skypunch.Prober.Answers;

/// <summary>What is wanted of an answer's body.</summary>
internal enum BodyUse
{
    /// <summary>Nothing: the body is not read.</summary>
    None,

    /// <summary>Nobody judges the body: it is read for a moment, only to see whether it comes as it should.</summary>
    Glance,

    /// <summary>As <see cref="Glance"/>, and the beginning is kept for the trace.</summary>
    Excerpt,

    /// <summary>The whole body is read, only for the time that it takes.</summary>
    Time,

    /// <summary>The whole body is kept, for the assertions.</summary>
    All,
}

/// <summary>What is wanted of one answer's body.</summary>
/// <param name="Use">What the body is for.</param>
/// <param name="Patience">How long to wait for a body that nobody judges. It is called only when the body must be waited for.</param>
internal readonly record struct BodyWish(BodyUse Use, Func<TimeSpan> Patience)
{
    /// <summary>Whether the probe cannot end without the body.</summary>
    public bool IsNeeded => Use is BodyUse.Time or BodyUse.All;
}
