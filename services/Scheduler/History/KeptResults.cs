using Skypunch.Scheduler.Model;
using Skypunch.Scheduler.Model.History;

namespace Skypunch.Scheduler.History;

/// <summary>A result with its place.</summary>
/// <param name="Hour">Its hour.</param>
/// <param name="Index">Its place among the results of the hour.</param>
/// <param name="Result">The result.</param>
internal readonly record struct PlacedResult(int Hour, int Index, KeptResult Result);

/// <summary>The results of one target, from its chunks and from what is in no chunk yet. Pure.</summary>
internal static class KeptResults
{
    /// <summary>The results, the oldest first, each once.</summary>
    public static List<PlacedResult> Of(IEnumerable<TargetChunk> chunks, HistoryView? view)
    {
        var results = new SortedDictionary<(int Hour, int Index), KeptResult>();
        foreach (var chunk in chunks)
        {
            var read = new List<KeptResult>();
            ResultRing.ReadChunkInto(read, chunk.Results);
            Add(chunk.Hour, chunk.FirstResult, read);
        }

        if (view is not null)
        {
            Add(view.Open.Hour, Math.Max(0, view.Open.Passes + view.Open.Fails - view.Loose), view.Results.TakeLast(view.Loose));
        }

        return [.. results.Select(result => new PlacedResult(result.Key.Hour, result.Key.Index, result.Value))];

        void Add(int hour, int first, IEnumerable<KeptResult> some)
        {
            foreach (var result in some)
            {
                results.TryAdd((hour, first++), result);
            }
        }
    }
}
