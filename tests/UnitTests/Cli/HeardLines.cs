using System.Threading.Channels;

namespace Skypunch.UnitTests.Cli;

/// <summary>What a run prints, a line at a time, while it goes on.</summary>
internal sealed class HeardLines : StringWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        _lines.Writer.TryWrite(value ?? "");
    }

    /// <summary>Waits for the line.</summary>
    public async Task UntilAsync(string line)
    {
        while (await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken) != line)
        {
        }
    }
}
