namespace Skypunch.Bench.Processes;

/// <summary>
/// How the bench's own helpers are steered: an order is a line on their standard input, the answer a line on their standard output. They
/// end when the input does,
/// so that none outlives the bench.
/// </summary>
internal static class Orders
{
    /// <summary>Says the greeting and then obeys.</summary>
    public static async Task ObeyAsync(string greeting, Func<string[], string> obey)
    {
        await Console.Out.WriteLineAsync(greeting);
        while (await Console.In.ReadLineAsync() is { } order)
        {
            await Console.Out.WriteLineAsync(obey(order.Split(' ')));
        }
    }
}
