using System.Globalization;
using Skypunch.Bench.Processes;

namespace Skypunch.Bench.MailSink;

/// <summary>The mail sink, seen from the bench.</summary>
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

    /// <summary>How many mails have been accepted.</summary>
    public async Task<int> CountAsync() => int.Parse((await _process.OrderAsync("count"))[0], CultureInfo.InvariantCulture);

    /// <summary>All mails that have been accepted, in their order.</summary>
    public async Task<List<AcceptedMail>> MailsAsync()
    {
        var path = Path.Combine(_folder, "mails.bin");
        await _process.OrderAsync($"write {path}");
        return MailLog.Read(path);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
