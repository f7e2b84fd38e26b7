using System.Net;
using System.Net.Sockets;
using Skypunch.Prober.Http;

namespace Skypunch.UnitTests.Prober;

public sealed class NameLookupsTests
{
    [Fact]
    public async Task Many_questions_at_once_are_all_answered()
    {
        var lookups = new NameLookups();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => lookups.FindAsync("localhost", TestContext.Current.CancellationToken)));

        Assert.All(answers, answer => Assert.Contains(IPAddress.Loopback, answer));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_an_exception_each_time()
    {
        var lookups = new NameLookups();

        await Assert.ThrowsAnyAsync<SocketException>(() => lookups.FindAsync("name.invalid", TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<SocketException>(() => lookups.FindAsync("name.invalid", TestContext.Current.CancellationToken));
    }
}
