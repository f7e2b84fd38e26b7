using Skypunch.Notifier.Channels;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The samples of a channel for <see cref="ChannelContractTests"/>. Each channel has one such class.</summary>
internal abstract class ChannelSample
{
    public abstract IChannel Channel { get; }

    /// <summary>A valid notifier.</summary>
    public abstract ChannelForm Good { get; }

    /// <summary>The message of a telling as a text, without the random parts of its format.</summary>
    public abstract string Render(Telling telling);

    /// <summary>The parameters of a notifier whose receiver is at an origin such as <c>http://127.0.0.1:8080</c>, with "s3cr3t" in each secret; null: the channel does not speak HTTP.</summary>
    public virtual string? At(string origin) => null;

    /// <summary>Fails where the receiver would refuse the message of a telling for its length or its form, or show what others wrote as markup.</summary>
    public virtual void AssertFits(Telling telling) => Assert.NotEmpty(Render(telling));

    /// <summary>Answers of the receiver, each with its meaning.</summary>
    public abstract IReadOnlyList<(SendResult Meaning, SendOutcome Judged)> Judged();
}

/// <summary>A sample with the request and answer types of its channel.</summary>
internal abstract class ChannelSample<TRequest, TAnswer>(Channel<TRequest, TAnswer> channel) : ChannelSample
    where TRequest : class
    where TAnswer : class
{
    public override IChannel Channel => channel;

    protected abstract IEnumerable<(SendResult Meaning, TAnswer Answer)> Answers { get; }

    public override string Render(Telling telling)
    {
        var request = channel.Render(Good, telling);
        using var owned = request as IDisposable;
        return TextOf(request);
    }

    public override IReadOnlyList<(SendResult Meaning, SendOutcome Judged)> Judged()
    {
        var request = channel.Render(Good, Tellings.Failure);
        using var owned = request as IDisposable;
        return [.. Answers.Select(row => (row.Meaning, channel.Judge(request, row.Answer)))];
    }

    protected abstract string TextOf(TRequest request);
}
