using System.Threading.Channels;

namespace Skypunch.UnitTests.Cli;

/// <summary>The lines that a run prints, while it is still running.</summary>
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
        while (await Eventually.InTimeAsync(_lines.Reader.ReadAsync(TestContext.Current.CancellationToken)) != line)
        {
        }
    }
}
