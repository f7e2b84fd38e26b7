using System.Text;
using Microsoft.Extensions.Options;

namespace Skypunch.Standalone.Logs;

/// <summary>
/// The log file. When it is full it becomes <c>skypunch.log.1</c>, the one before it <c>.2</c>, and so on; the oldest is deleted. The
/// current file always has the same name. A full disk loses lines and does not stop the daemon.
/// </summary>
internal sealed class RollingLogFile(IOptions<LogFileOptions> options) : IDisposable
{
    private readonly LogFileOptions _options = options.Value;
    private readonly Lock _lock = new();
    private FileStream? _file;
    private long _length;

    public void Write(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(lines);
        lock (_lock)
        {
            try
            {
                _file ??= Open();
                if (_length > 0 && _length + bytes.Length > _options.MaxBytes)
                {
                    Close();
                    Roll();
                    _file = Open();
                }

                _file.Write(bytes);
                _length += bytes.Length;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    // There is no buffer, so that a line is in the file even when the process dies.
    private FileStream Open()
    {
        var open = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(_options.Path, open);
        _length = file.Length; // read once: at a thousand lines a second the system calls would be felt
        return file;
    }

    private void Roll()
    {
        File.Delete(Older(_options.Files - 1));
        for (var i = _options.Files - 2; i >= 0; i--)
        {
            if (File.Exists(Older(i)))
            {
                File.Move(Older(i), Older(i + 1));
            }
        }
    }

    private string Older(int age) => age == 0 ? _options.Path : $"{_options.Path}.{age}";
}
