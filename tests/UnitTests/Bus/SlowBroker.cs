using MassTransit;

namespace Skypunch.UnitTests.Bus;

/// <summary>A broker that takes messages of one kind only when the test lets it.</summary>
internal sealed class SlowBroker<TMessage> : IPublishObserver
{
    /// <summary>Done when it is given the first message.</summary>
    public TaskCompletionSource Asked { get; } = new();

    /// <summary>To be done when it shall take what it is given.</summary>
    public TaskCompletionSource Answer { get; } = new();

    /// <summary>Whether it took the first message; false: its sender has given up.</summary>
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
