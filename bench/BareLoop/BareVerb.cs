using System.Text.Json;
using Skypunch.Bench.Processes;
using Skypunch.Bench.Scenarios;

namespace Skypunch.Bench.BareLoop;

/// <summary>The hidden verb <c>bare TARGETS AUTHORITY</c>: the bare loop as a process of its own.</summary>
internal static class BareVerb
{
    public static async Task RunAsync(string targetsFile, string authorityFile)
    {
        var targets = JsonSerializer.Deserialize<List<BenchTarget>>(await File.ReadAllTextAsync(targetsFile))!;
        using var bare = new BareLoop(targets, authorityFile, TimeProvider.System);
        var ended = await Task.WhenAny(bare.RunAsync(CancellationToken.None), Orders.ObeyAsync("ready", _ => "done"));
        await ended; // ends when the standard input ends; throws when the loop fails
    }
}
