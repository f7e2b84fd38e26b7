using MassTransit;

namespace Skypunch.UnitTests.Bus;

/// <summary>A broker that accepts messages of one type only when the test lets it.</summary>
internal sealed class SlowBroker<TMessage> : IPublishObserver
{
    /// <summary>Completes when the broker gets the first message.</summary>
    public TaskCompletionSource Asked { get; } = new();

    /// <summary>The test completes this to let the broker accept the message.</summary>
    public TaskCompletionSource Answer { get; } = new();

    /// <summary>Whether the broker accepted the first message; false if the sender gave up.</summary>
    public TaskCompletionSource<bool> Taken { get; } = new();

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class
    {
        if (typeof(T) != typeof(TMessage))
        {
            return Task.CompletedTask;
        }

        Asked.TrySetResult();
        return Answer.Task;
    }

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
        => NoteAsync<T>(taken: true);

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class
        => NoteAsync<T>(taken: false);

    private Task NoteAsync<T>(bool taken)
    {
        if (typeof(T) == typeof(TMessage))
        {
            Taken.TrySetResult(taken);
        }

        return Task.CompletedTask;
    }
}
