using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MassTransit.Serialization;
using MessagePack;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts;
using Skypunch.Prober.Probing;
using Skypunch.ServiceDefaults.Bus;
using Skypunch.UnitTests.Prober;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// Messages as a bus may deliver them: an invalid message is refused when it is read, and a message that is read can be processed.
/// </summary>
public sealed class MessageTests
{
    private static readonly JsonSerializerOptions Bus = PackedItems.AddTo(new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options));

    private static readonly Type[] Messages =
        [typeof(ProbeBatch), typeof(ProbeResults), typeof(StatusChangeBatch), typeof(StatusChangesStored), typeof(ProberSeen), typeof(TestProbe), typeof(NoticeBatch)];

    private static readonly string[] Words = ["null", "{}", "[]", "[null]", "\"\"", "1e999", "-1", "true", "\"\\ud800\"", ",", ":", "\"jobs\":", "\"results\":", "AAAA", "wAE=", "{\"a\":", "0001-01-01T00:00:00Z", "\"-10675199.02:48:05.4775808\""];

    [Fact]
    public async Task What_is_read_is_complete_and_what_is_not_is_unreadable()
    {
        await FuzzRun.Each(2_000, random =>
        {
            var type = Messages[random.Next(Messages.Length)];
            var text = new Mutator(random, [JsonSerializer.Serialize(new AnyValue(random).Of(type), Bus)], Words).Next();
            try
            {
                return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), type, Bus) is { } message ? Complete(message) : "null";
            }
            catch (Exception e) when (e is JsonException or MessagePackSerializationException or SerializationException or FormatException or NotSupportedException)
            {
                return "unreadable";
            }
        });
    }

    [Fact]
    public async Task A_job_with_any_values_is_a_result_or_cannot_be_opened()
    {
        await using var services = AProbe.Parts(("Prober:EgressDeny", "0.0.0.0/0,::/0")).BuildServiceProvider();
        var probe = services.GetRequiredService<HttpProbe>();
        await FuzzRun.EachAsync(1_000, 4, async (_, random) =>
        {
            var job = (ProbeJob)new AnyValue(random).Of(typeof(ProbeJob)) with { Url = AnyValue.Url(random) };
            try
            {
                var result = await probe.RunAsync(job, traced: true, TestContext.Current.CancellationToken);
                Assert.NotEqual(ProbeReasons.Internal, result.Reason);
                return result.Reason;
            }
            catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
            {
                return "not to be opened"; // sealed for another job or with another key: logged, but never a FAIL
            }
        });
    }

    [Fact]
    public async Task Results_with_any_values_are_folded_and_the_others_of_the_batch_too()
    {
        using var store = new SchedulerStore();
        var id = await store.AddAsync("fuzzed");
        var healthy = await store.AddAsync("healthy");
        var passes = 0L;
        await FuzzRun.EachAsync(300, 1, async (_, random) =>
        {
            store.Clock.Advance(TimeSpan.FromSeconds(1));
            var any = (ProbeResult)new AnyValue(random).Of(typeof(ProbeResult)) with { TargetId = random.Next(3) == 0 ? long.MaxValue : id };
            var good = SchedulerStore.Result(new ProbeJob
            {
                TargetId = healthy,
                Name = "h",
                Slot = store.Clock.GetUtcNow(),
                Url = "http://a/",
                Method = "GET",
                Authn = "NONE",
                PassResult = "200",
                Timeout = TimeSpan.FromSeconds(1),
                Patience = TimeSpan.FromSeconds(1),
            });

            await store.FoldByAsync("prober", any, good);

            Assert.Equal(++passes, (await store.ReadAsync(healthy)).PassCount);
            return "folded";
        });
    }

    private static string Complete(object message) => CompleteMessage.FaultOf(message) is { } fault ? throw new InvalidOperationException($"{message.GetType().Name}.{fault}") : "read";
}
