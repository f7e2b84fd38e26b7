using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Standalone.Logs;

namespace Skypunch.UnitTests.Standalone;

public sealed partial class LogFileTests : IDisposable
{
    private static readonly DateTimeOffset Then = new(2013, 7, 11, 6, 10, 57, 53, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private string Log => _folder.In("skypunch.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_has_the_2013_format()
    {
        using var file = new RollingLogFile(Options.Create(new LogFileOptions { Path = Log }));
        using var factory = new LoggerFactory([new LogFileProvider(file, terminal: null, new FakeTimeProvider(Then))]);
        var log = factory.CreateLogger("Skypunch.ProbeLog");

        Probed(log, 1, "HP Cloud Dot COM", "https://www.hpcloud.com");

        Assert.Equal(
            "2013-07-11 06:10:57,053 INFO [1] HP Cloud Dot COM               GET https://www.hpcloud.com PASS (OK)\n",
            File.ReadAllText(Log));
    }

    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARNING")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    public void Levels_have_the_names_of_Python(LogLevel level, string name)
        => Assert.Equal($"2013-07-11 06:10:57,053 {name} text\n", LogLine.Format(Then, level, "text", null));

    [Theory]
    [InlineData("a\nb", "a b")]
    [InlineData("a\r\nb\r\n", "a b")]
    [InlineData("a\u2028b\tc", "a b c")]
    [InlineData("a\u001b[31mb\u0007", "a[31mb")]
    [InlineData("grün ✓", "grün ✓")]
    public void A_message_is_one_line_that_steers_no_terminal(string message, string expected)
        => Assert.Equal($"2013-07-11 06:10:57,053 INFO {expected}\n", LogLine.Format(Then, LogLevel.Information, message, null));

    [Fact]
    public void The_text_of_an_exception_follows_and_cannot_pass_for_a_line()
    {
        var exception = new InvalidOperationException("first\n2013-07-11 06:10:57,053 INFO second");

        var lines = LogLine.Format(Then, LogLevel.Error, "It failed.", exception);

        Assert.Equal(
            "2013-07-11 06:10:57,053 ERROR It failed.\n  System.InvalidOperationException: first\n  2013-07-11 06:10:57,053 INFO second\n",
            lines);
    }

    [Fact]
    public void A_full_file_gives_way_to_a_new_one_and_the_oldest_goes()
    {
        using var file = new RollingLogFile(Options.Create(new LogFileOptions { Path = Log, MaxBytes = 20, Files = 3 }));

        foreach (var number in Enumerable.Range(1, 9))
        {
            file.Write($"line {number} ..\n"); // two lines fill a file
        }

        Assert.Equal("line 9 ..\n", File.ReadAllText(Log));
        Assert.Equal("line 7 ..\nline 8 ..\n", File.ReadAllText(Log + ".1"));
        Assert.Equal("line 5 ..\nline 6 ..\n", File.ReadAllText(Log + ".2"));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_new_process_goes_on_with_the_file()
    {
        foreach (var line in new[] { "one\n", "two\n" })
        {
            using var file = new RollingLogFile(Options.Create(new LogFileOptions { Path = Log }));
            file.Write(line);
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(Log));
        Assert.Equal(TempFolder.OwnerFile, TempFolder.Mode(Log));
    }

    [Fact]
    public void A_log_that_cannot_be_written_stops_nobody_and_goes_on_when_it_can()
    {
        var folder = _folder.In("log");
        using var file = new RollingLogFile(Options.Create(new LogFileOptions { Path = Path.Combine(folder, "skypunch.log") }));

        file.Write("lost\n");
        Directory.CreateDirectory(folder);
        file.Write("kept\n");

        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(folder, "skypunch.log")));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "[{Id}] {Name,-30} GET {Url} PASS (OK)")]
    private static partial void Probed(ILogger logger, long id, string name, string url);
}
