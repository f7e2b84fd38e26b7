namespace Skypunch.Notifier.Channels.Chat;

/// <summary>What a message to people is about, which channels show by a colour, a sign or a priority.</summary>
internal enum ChatTone
{
    /// <summary>A target has failed, or some of a digest's targets have.</summary>
    Failure,

    /// <summary>A target passes again, or all of a digest's targets do.</summary>
    Recovery,

    /// <summary>Skypunch has to say something of itself.</summary>
    Notice,

    /// <summary>A test message.</summary>
    Test,
}
