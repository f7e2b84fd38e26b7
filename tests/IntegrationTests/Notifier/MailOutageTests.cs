using Skypunch.IntegrationTests.Distributed;
using Skypunch.Notifier.Model;
using Skypunch.TestBed;
using Skypunch.UnitTests.Notifier;

namespace Skypunch.IntegrationTests.Notifier;

/// <summary>MySQL goes away while two Notifiers send mails. Both Notifiers live on, and each mail is sent once.</summary>
[Collection(nameof(Alone))]
public sealed class MailOutageTests
{
    private const int Mails = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Mysql_killed_doubles_no_mail() => OutageAsync(async mySql =>
    {
        await mySql.KillAsync();
        await mySql.RestartAsync();
    });

    [Fact]
    public Task Mysql_stopped_for_longer_than_a_lease_doubles_no_mail() => OutageAsync(async mySql =>
    {
        await mySql.StopAsync();
        await LastAsync(Lease.Length + Lease.Grace);
        await mySql.RestartAsync();
    });

    [Fact]
    public Task Mysql_paused_for_longer_than_a_lease_doubles_no_mail() => OutageAsync(async mySql =>
    {
        await mySql.PauseAsync();
        await LastAsync(Lease.Length + Lease.Grace);
        await mySql.ResumeAsync();
    });

    private static async Task OutageAsync(Func<MySqlServer, Task> outage)
    {
        await using var mySql = new MySqlServer();
        await using var smtp = new LoopbackSmtp { BeforeAccepting = cancellationToken => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken) };
        var connection = await mySql.CreateDatabaseAsync();
        await using var one = await NotifierOnMySql.StartAsync(connection);
        await using var two = await NotifierOnMySql.StartAsync(connection);
        await one.AddNotifierAsync(smtp.Params);
        await one.AddNotifierAsync(smtp.Params);
        await one.AnnounceAsync([.. Enumerable.Range(1, Mails / 2).Select(i => AChange.Failure(i % 10))]); // ten targets: no digest
        List<ReceivedMail> mails = [await smtp.NextAsync(), await smtp.NextAsync()]; // the other mails are still being sent

        await outage(mySql);
        await Eventually.HoldsAsync(async () => await AllSentAsync(one), "all deliveries are marked as sent");

        mails.AddRange(smtp.TakeAll());
        Assert.Equal(Mails, mails.Count);
        Assert.Equal(Mails, mails.Select(mail => mail.Message.MessageId).Distinct().Count());
        Assert.All(await one.DeliveriesAsync(), delivery => Assert.Equal((DeliveryState.Sent, 1), (delivery.State, delivery.Attempts)));
    }

    private static async Task<bool> AllSentAsync(NotifierOnMySql notifier)
    {
        try
        {
            return (await notifier.DeliveriesAsync()).All(delivery => delivery.State is DeliveryState.Sent);
        }
        catch (Exception e) when (Skypunch.Notifier.Store.DatabaseFault.Is(e))
        {
            return false; // MySQL is not back yet
        }
    }

    /// <summary>Waits for the duration of the outage.</summary>
    private static Task LastAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancellation);
}
