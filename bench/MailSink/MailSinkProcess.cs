using System.Globalization;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.MailSink;

/// <summary>Controls the mail sink's process.</summary>
internal sealed class MailSinkProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _folder;

    private MailSinkProcess(ChildProcess process, string folder)
    {
        _process = process;
        _folder = folder;
    }

    public required int Port { get; init; }

    public static async Task<MailSinkProcess> StartAsync(string folder)
    {
        var process = ChildProcess.StartOwn("mail sink", ["mailsink"]);
        var greeting = await process.HearAsync();
        return new MailSinkProcess(process, folder) { Port = int.Parse(greeting[1], CultureInfo.InvariantCulture) };
    }

    /// <summary>How many targets the mails tell of that the sink has accepted; a target counts once for each mail.</summary>
    public async Task<int> CountAsync() => int.Parse((await _process.OrderAsync("count"))[0], CultureInfo.InvariantCulture);

    /// <summary>The targets of all mails that the sink has accepted, in order.</summary>
    public async Task<List<AcceptedMail>> MailsAsync()
    {
        var path = Path.Combine(_folder, "mails.bin");
        await _process.OrderAsync($"write {path}");
        return MailLog.Read(path);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
