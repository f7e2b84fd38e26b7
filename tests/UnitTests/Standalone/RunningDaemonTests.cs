using Grpc.Core;
using Skypunch.Admin.V1;

namespace Skypunch.UnitTests.Standalone;

/// <summary>A daemon that runs as a process of its own, with nothing to watch. The tests ask it, and none changes it.</summary>
public sealed class RunningDaemonTests(RunningDaemonTests.OneDaemon one) : IClassFixture<RunningDaemonTests.OneDaemon>
{
    [Fact]
    public void What_the_daemon_keeps_is_for_its_user_alone()
    {
        Assert.Equal("nothing is watched yet: there is no skypunch.yaml in the current folder.\n", one.Daemon.Said);
        Assert.Equal(TempFolder.OwnerFolder, TempFolder.Mode(one.Data));
        Assert.All(Directory.GetFiles(one.Data, "*", SearchOption.AllDirectories), file => Assert.Equal(TempFolder.OwnerFile, TempFolder.Mode(file)));
    }

    [Fact]
    public async Task The_admin_API_wants_the_token()
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => one.Daemon.CallAsync((api, _) => new TargetService.TargetServiceClient(api).ListTargetsAsync(new())));

        Assert.Equal(StatusCode.Unauthenticated, e.StatusCode);
    }

    [Fact]
    public async Task A_second_daemon_on_the_folder_says_so()
    {
        var (exitCode, error) = await DaemonProcess.FailAsync(one.Data, DaemonProcess.FreePort());

        Assert.Equal((1, $"Skypunch already runs with pid {one.Daemon.Pid} on the data folder {one.Data}."), (exitCode, error));
    }

    public sealed class OneDaemon : IAsyncLifetime
    {
        private readonly TempFolder _temp = new();

        internal string Data => _temp.In("data");

        internal DaemonProcess Daemon { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Daemon = await DaemonProcess.StartAsync(Data, DaemonProcess.FreePort());

        public ValueTask DisposeAsync()
        {
            Daemon.Dispose();
            _temp.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
