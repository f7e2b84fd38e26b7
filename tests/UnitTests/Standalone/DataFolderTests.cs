using System.Buffers.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Skypunch.Cli.Daemon;
using Skypunch.ServiceDefaults.Hosting;
using Skypunch.Standalone.DataFolders;
using DataFolder = Skypunch.Standalone.DataFolders.DataFolder;

namespace Skypunch.UnitTests.Standalone;

public sealed class DataFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_folder_the_token_and_the_key_are_for_their_user_alone()
    {
        var folder = DataFolder.Open(_temp.In("deep/er"));
        DaemonSecrets.Ensure(folder, Settings(folder));

        Assert.Equal(TempFolder.OwnerFolder, TempFolder.Mode(folder.Path));
        Assert.Equal(TempFolder.OwnerFile, TempFolder.Mode(folder.TokenFile));
        Assert.Equal(TempFolder.OwnerFile, TempFolder.Mode(folder.KeyFile));
        Assert.Equal(32, Base64Url.DecodeFromChars(File.ReadAllText(folder.TokenFile).Trim()).Length);
        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(folder.KeyFile).Trim()).Length);
    }

    [Fact]
    public void Secrets_are_made_once()
    {
        var folder = DataFolder.Open(_temp.In("data"));
        DaemonSecrets.Ensure(folder, Settings(folder));
        var (token, key) = (File.ReadAllText(folder.TokenFile), File.ReadAllText(folder.KeyFile));

        DaemonSecrets.Ensure(DataFolder.Open(folder.Path), Settings(folder));

        Assert.Equal((token, key), (File.ReadAllText(folder.TokenFile), File.ReadAllText(folder.KeyFile)));
        Assert.NotEqual(token, key);
    }

    [Fact]
    public void A_key_that_was_lost_is_not_replaced_while_there_are_stores()
    {
        var folder = DataFolder.Open(_temp.In("data"));
        File.WriteAllText(folder.NotifierStore, "x");

        var e = Assert.Throws<StartupException>(() => DaemonSecrets.Ensure(folder, Settings(folder)));

        Assert.Equal(
            $"{folder.KeyFile} is missing: it holds the key that opens the credentials in the stores; "
            + $"restore it, or delete {folder.NotifierStore} to begin anew.",
            e.Message);
        Assert.False(File.Exists(folder.KeyFile));
        File.Delete(folder.NotifierStore);
        DaemonSecrets.Ensure(folder, Settings(folder));
        Assert.True(File.Exists(folder.KeyFile));
    }

    [Theory]
    [InlineData("secrets.key", "", "is damaged: it must hold the key that seals credentials, 32 bytes in base64; restore it, or delete PATH to begin anew.")]
    [InlineData("secrets.key", "AAAA", "is damaged: it must hold the key that seals credentials, 32 bytes in base64; restore it, or delete PATH to begin anew.")]
    [InlineData("token", "\n", "must hold the token of the admin API, a line of printable ASCII without spaces; delete it, and a new one is made.")]
    [InlineData("token", "a b", "must hold the token of the admin API, a line of printable ASCII without spaces; delete it, and a new one is made.")]
    public void A_secret_that_is_damaged_is_one_sentence(string name, string text, string expected)
    {
        var folder = DataFolder.Open(_temp.In("data"));
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);

        var e = Assert.Throws<StartupException>(() => DaemonSecrets.Ensure(folder, Settings(folder)));

        Assert.Equal($"{path} {expected.Replace("PATH", path, StringComparison.Ordinal)}", e.Message);
    }

    [Fact]
    public void Secrets_from_elsewhere_need_no_files()
    {
        var folder = DataFolder.Open(_temp.In("data"));
        File.WriteAllText(folder.SchedulerStore, "x");

        DaemonSecrets.Ensure(folder, Settings(folder, ("Secrets:Key", "given"), ("Admin:TokenFile", "/elsewhere")));

        Assert.False(File.Exists(folder.KeyFile) || File.Exists(folder.TokenFile));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_sentence()
    {
        var inAFile = Path.Combine(_temp.Write("file", ""), "data");

        var e = Assert.Throws<StartupException>(() => DataFolder.Open(inAFile));

        Assert.StartsWith($"The data folder {inAFile} cannot be written to (", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("); choose another with --data.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_daemon_at_a_time()
    {
        var folder = DataFolder.Open(_temp.In("data"));
        var first = await TakeAsync(folder);
        new DaemonFile(4711, "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3", "2.0.0", "log", DateTimeOffset.UnixEpoch).Write(folder.DaemonFile);

        var e = await Assert.ThrowsAsync<StartupException>(() => TakeAsync(folder));
        first.Dispose();

        Assert.Equal($"Skypunch already runs with pid 4711 on the data folder {folder.Path}.", e.Message);
        (await TakeAsync(folder)).Dispose();
    }

    [Fact]
    public async Task The_command_line_sees_whether_the_folder_is_held_and_blocks_no_daemon()
    {
        var folder = DataFolder.Open(_temp.In("data"));
        var seen = new Skypunch.Cli.Daemon.DataFolder(folder.Path, IsDefault: false);
        Assert.False(DaemonLock.IsHeld(seen));

        using (await TakeAsync(folder))
        {
            Assert.True(DaemonLock.IsHeld(seen));
        }

        Assert.True(File.Exists(folder.LockFile));
        Assert.False(DaemonLock.IsHeld(seen));
        var time = new FakeTimeProvider();
        Task<DataFolderLock> taking;
        using (new FileStream(folder.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read)) // as the command line opens it
        {
            taking = DataFolderLock.TakeAsync(folder, time, TestContext.Current.CancellationToken);
            Assert.False(taking.IsCompleted);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        (await taking).Dispose();
    }

    [Fact]
    public void The_command_line_can_read_what_it_must_know_of_the_daemon()
    {
        var path = _temp.In("daemon.json");
        var written = new DaemonFile(4711, "http://127.0.0.1:7413", "http://127.0.0.1:7414", "http://127.0.0.1:7415", "2.0.0", "/log/skypunch.log", DateTimeOffset.UnixEpoch);

        written.Write(path);

        Assert.Equal(written, DaemonFile.Read(path));
        var text = File.ReadAllText(path);
        Assert.All(["pid", "adminUrl", "healthUrl", "version", "log", "startedAt"], name => Assert.Contains($"\"{name}\":", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\":")]
    public void A_file_that_is_not_whole_is_none(string text) => Assert.Null(DaemonFile.Read(_temp.Write("daemon.json", text)));

    private static IConfiguration Settings(DataFolder folder, params (string Key, string Value)[] given)
        => new ConfigurationBuilder()
            .AddInMemoryCollection([new("Secrets:KeyFile", folder.KeyFile), new("Admin:TokenFile", folder.TokenFile)])
            .AddInMemoryCollection(given.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

    private static Task<DataFolderLock> TakeAsync(DataFolder folder)
        => DataFolderLock.TakeAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken);
}
