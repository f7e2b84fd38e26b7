using Grpc.Core;
using Grpc.Net.Client;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile;
using Skypunch.Standalone.FirstStart;
using Skypunch.UnitTests.Cli;

namespace Skypunch.UnitTests.Standalone;

public sealed class FirstLoadTests : IDisposable
{
    private const string TwoTargets =
        """
        targets:
          - {name: One, url: http://127.0.0.1}
          - {name: Two, url: http://127.0.0.1}
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)] // the next start deletes the remaining entry
    public async Task A_load_that_fails_says_why_and_leaves_nothing_or_its_mark(bool deleteFails, int left)
    {
        await using var server = await AdminServer.StartAsync();
        server.Targets.CreateErrors["Two"] = new RpcException(new Status(StatusCode.Unavailable, "The database does not answer."));
        server.Targets.DeleteError = deleteFails ? new RpcException(new Status(StatusCode.Internal, "The undo failed.")) : null;
        using var channel = GrpcChannel.ForAddress(server.Url);
        var mark = new LoadMark(_temp.In("loading"));
        var load = new FirstLoad(new TargetService.TargetServiceClient(channel), new NotifierService.NotifierServiceClient(channel), mark, TimeProvider.System);
        var configuration = ConfigDocument.Read("two.yaml", TwoTargets, _ => null);

        var e = await Assert.ThrowsAsync<RpcException>(() => load.LoadAsync(configuration, (_, _) => { }, TestContext.Current.CancellationToken));

        Assert.Equal("The database does not answer.", e.Status.Detail);
        Assert.Equal((left, deleteFails), (server.Targets.All.Count, mark.IsSet));
        server.Targets.DeleteError = null;
        Assert.Equal(deleteFails, await load.UndoInterruptedAsync(TestContext.Current.CancellationToken));
        Assert.Empty(server.Targets.All);
    }
}
