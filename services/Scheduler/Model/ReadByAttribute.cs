namespace Skypunch.Scheduler.Model;

/// <summary>
/// Says who reads a column of <c>targets</c> beside the admin API, which reads all. The claim and the fold read thousands of rows a second: each column slows
/// each probe. A column that is not marked is not read, and its property keeps its default. <c>TargetColumnsTests</c> notices a missing mark.
/// </summary>
/// <param name="readers">Who reads it.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadByAttribute(Reader readers) : Attribute
{
    /// <summary>Who reads it.</summary>
    public Reader Readers { get; } = readers;

    /// <summary>Whether the database would take a text that has no place in a message: such a text is not read, and <see cref="Target.TooLong"/> stands for it.</summary>
    public bool MayBeLong { get; init; }
}

/// <summary>Who reads some columns of many rows.</summary>
[Flags]
internal enum Reader
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>The claim, which makes a job of the row and books its slot.</summary>
    Claim = 1,

    /// <summary>The fold: what a result changes, by what it is judged, and what is told of a change.</summary>
    Fold = 2,
}
