namespace Skypunch.Standalone.Logs;

/// <summary>Writes the log to its file, and to the terminal while the daemon is attached to one.</summary>
/// <param name="file">The file.</param>
/// <param name="terminal">The terminal; null: the daemon runs in the background.</param>
/// <param name="clock">The clock.</param>
internal sealed class LogFileProvider(RollingLogFile file, TextWriter? terminal, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(this);

    // The container that made the file also closes it.
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var lines = LogLine.Format(clock.GetLocalNow(), level, message, exception);
        file.Write(lines);
        terminal?.Write(lines);
    }

    private sealed class Logger(LogFileProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => provider.Write(logLevel, formatter(state, exception), exception);
    }
}
