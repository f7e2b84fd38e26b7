using Google.Protobuf;

namespace Skypunch.ConfigFile;

/// <summary>Divides what is sent to the admin API into calls that it takes: at most 1,000 messages and 4 MB in each.</summary>
public static class EntryBatches
{
    private const int MostMessages = 500;
    private const int MostBytes = 2 * 1024 * 1024;

    /// <summary>Divides messages, in their order. A message that is too large by itself stands alone, for the server to refuse.</summary>
    /// <param name="messages">The messages.</param>
    /// <returns>The batches, none of them empty.</returns>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> messages)
        where T : IMessage
    {
        var (batch, bytes) = (new List<T>(), 0);
        foreach (var message in messages)
        {
            var size = message.CalculateSize();
            if (batch.Count == MostMessages || (batch.Count > 0 && bytes + size > MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
