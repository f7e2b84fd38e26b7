namespace Skypunch.Bench.Processes;

/// <summary>
/// How the bench controls its helper processes: an order is a line on their standard input, the answer is a line on their standard output.
/// A helper ends when its input ends, so none outlives the bench.
/// </summary>
internal static class Orders
{
    /// <summary>Writes the greeting and then answers each order.</summary>
    public static async Task ObeyAsync(string greeting, Func<string[], string> obey)
    {
        await Console.Out.WriteLineAsync(greeting);
        while (await Console.In.ReadLineAsync() is { } order)
        {
            await Console.Out.WriteLineAsync(obey(order.Split(' ')));
        }
    }
}
