namespace Skypunch.Notifier.Channels.Alerts;

/// <summary>What a receiver with an alert for each target says to a digest. Pure.</summary>
internal static class SingleAlert
{
    /// <summary>Refuses a digest that was put together while the notifier was of another type: it is taken apart then.</summary>
    /// <exception cref="UnreadableException">It is a digest.</exception>
    public static Telling Of(Telling telling)
        => telling.Digest is null ? telling : throw new UnreadableException("this receiver keeps an alert for each target, and is told of each change alone");
}
