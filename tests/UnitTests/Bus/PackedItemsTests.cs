using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit.Serialization;
using MessagePack;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Bus;

namespace Skypunch.UnitTests.Bus;

public sealed class PackedItemsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, 123, TimeSpan.FromHours(2));

    private static readonly JsonSerializerOptions Plain = new(SystemTextJsonMessageSerializer.Options);

    // The serializer's settings as the bus uses them.
    private static readonly JsonSerializerOptions Packed = PackedItems.AddTo(new JsonSerializerOptions(Plain));

    private static readonly ProbeJob BareJob = new()
    {
        TargetId = 1,
        Name = "a",
        Slot = Noon,
        Url = "http://a.example/",
        Method = "GET",
        Authn = "NONE",
        PassResult = "200",
        Timeout = TimeSpan.FromSeconds(10),
        Patience = TimeSpan.FromSeconds(5),
    };

    private static readonly ProbeJob FullJob = BareJob with
    {
        TargetId = long.MaxValue,
        Name = "Déjà vu €",
        SealedAuthnParameters = "sealed 1",
        SealedHeaders = "sealed 2",
        SealedBody = "sealed 3",
        ContentType = "text/plain",
        SealedTlsParameters = "sealed 4",
        MaxRedirects = 3,
        HttpVersion = "2",
        IpFamily = "IPV4",
        Assertions = "body contains x\nlatency < 1s",
        Catalog = new CatalogService("compute", "RegionOne", "internal"),
        Timeout = TimeSpan.FromTicks(1),
        Revision = 4,
        TraceParent = "00-1-2-01",
        TraceOnPass = true,
        IsFailing = true,
        StartBy = Noon.AddSeconds(9),
        NotBy = "prober-2",
        PassedOn = 3,
        SealedProxy = "enc:v2:p",
        SealedQuerySecrets = "enc:v2:q",
        KeepsCookies = true,
        IsFailingByNetwork = true,
    };

    private static readonly ProbeResult BareResult = new()
    {
        TargetId = 1,
        Slot = Noon,
        StartedAt = Noon,
        Duration = TimeSpan.FromMilliseconds(3),
        Reason = ProbeReasons.Ok,
        Description = "OK",
    };

    private static readonly ProbeResult FullResult = BareResult with
    {
        Revision = 4,
        Advice = "See to it.",
        StatusCode = 200,
        Timings = new ProbeTimings(Ms(1), Ms(2), Ms(3), Ms(4), Ms(5), Ms(6)),
        CertificateNotAfter = Noon.AddDays(1),
        Trace =
        [
            new ProbeStep("dns", Noon, Ms(1), "Resolved", StepOutcome.None),
            new ProbeStep("response", Noon.AddTicks(1), Ms(2), "Response", StepOutcome.Fail, "why"),
        ],
        TraceParent = "00-1-2-01",
    };

    [Fact]
    public void A_job_arrives_as_it_was_sent()
    {
        AssertAllSet(FullJob);

        var text = JsonSerializer.Serialize(new ProbeBatch([FullJob, BareJob]), Packed);
        var batch = JsonSerializer.Deserialize<ProbeBatch>(text, Packed)!;

        Assert.Equal(JsonValueKind.String, JsonNode.Parse(text)!["jobs"]!.GetValueKind());
        Assert.Equal([FullJob, BareJob], batch.Jobs);
    }

    [Fact]
    public void A_result_arrives_as_it_was_sent()
    {
        AssertAllSet(FullResult);

        var text = JsonSerializer.Serialize(new ProbeResults("prober-1", [FullResult, BareResult]), Packed);
        var results = JsonSerializer.Deserialize<ProbeResults>(text, Packed)!;

        Assert.Equal(JsonValueKind.String, JsonNode.Parse(text)!["results"]!.GetValueKind());
        Assert.Equal("prober-1", results.Prober);
        Assert.Equal([Text(FullResult), Text(BareResult)], results.Results.Select(Text));
        Assert.Equal(FullResult.Trace, results.Results[0].Trace);
    }

    [Fact]
    public void An_empty_list_arrives_empty()
        => Assert.Empty(JsonSerializer.Deserialize<ProbeBatch>(JsonSerializer.Serialize(new ProbeBatch([]), Packed), Packed)!.Jobs);

    [Fact]
    public void A_list_that_is_JSON_is_read_too()
    {
        var batch = JsonSerializer.Deserialize<ProbeBatch>(JsonSerializer.Serialize(new ProbeBatch([FullJob, BareJob]), Plain), Packed)!;
        var results = JsonSerializer.Deserialize<ProbeResults>(JsonSerializer.Serialize(new ProbeResults("p", [FullResult]), Plain), Packed)!;

        Assert.Equal([FullJob, BareJob], batch.Jobs);
        Assert.Equal([Text(FullResult)], results.Results.Select(Text));
    }

    [Fact]
    public void The_fields_of_a_newer_version_are_ignored()
    {
        object[] more = ["a field", 7, new object[] { "of", "many" }, new Dictionary<object, object> { ["x"] = 1.5 }];

        Assert.Equal([FullJob], ReadJobs(Repacked(FullJob, fields => [.. fields, .. more])));
        Assert.Equal([Text(FullResult)], ReadResults(Repacked(FullResult, fields => [.. fields, .. more])).Select(Text));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(22)]
    public void Fields_of_a_job_that_an_older_version_does_not_send_have_their_defaults(int known)
    {
        var job = Assert.Single(ReadJobs(Repacked(FullJob, fields => fields[..known])));

        var told = FullJob with
        {
            IsFailing = false,
            NotBy = null,
            PassedOn = 0,
            SealedProxy = null,
            SealedQuerySecrets = null,
            KeepsCookies = false,
            IsFailingByNetwork = false,
            StartBy = null,
            TraceOnPass = known > 21,
            TraceParent = known > 20 ? FullJob.TraceParent : null,
            Revision = known > 19 ? 4 : 0,
        };
        Assert.Equal(told, job);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    public void Fields_of_a_result_that_an_older_version_does_not_send_have_their_defaults(int known)
    {
        var result = Assert.Single(ReadResults(Repacked(FullResult, fields => fields[..known])));

        Assert.Equal(
            Text(FullResult with
            {
                Advice = known > 7 ? FullResult.Advice : null,
                StatusCode = known > 8 ? 200 : null,
                Timings = known > 9 ? FullResult.Timings : ProbeTimings.None,
                CertificateNotAfter = known > 10 ? FullResult.CertificateNotAfter : null,
                Trace = null,
                TraceParent = null,
            }),
            Text(result));
    }

    [Theory]
    [InlineData("""{"prober":"p","results":"no base64!"}""")]
    [InlineData("""{"prober":"p","results":""}""")]
    [InlineData("""{"prober":"p","results":7}""")]
    [InlineData("""{"prober":"p","results":true}""")]
    [InlineData("""{"prober":"p","results":{}}""")]
    [InlineData("""{"prober":"p","results":[7]}""")]
    [InlineData("""{"prober":"p","results":"3f////8="}""")] // an array of 4,294,967,295 items
    [InlineData("""{"prober":"p","results":"wQ=="}""")] // a byte that is not valid in MessagePack
    public void Anything_but_a_list_is_refused(string text) => Assert.True(IsRefused(text));

    [Fact]
    public void Truncated_and_changed_bytes_are_refused_without_any_other_exception()
    {
        var random = new Random(1);
        var whole = MessagePackSerializer.Serialize<ProbeResult[]>([FullResult, FullResult], cancellationToken: TestContext.Current.CancellationToken);
        var refused = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.True(IsRefused(TextOf(whole[..length])));
        }

        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            refused += IsRefused(TextOf(bytes)) ? 1 : 0;
        }

        Assert.InRange(refused, 1000, 19_999);
    }

    // Every other exception fails the test.
    private static bool IsRefused(string text)
    {
        try
        {
            JsonSerializer.Deserialize<ProbeResults>(text, Packed);
            return false;
        }
        catch (Exception e) when (e is JsonException or MessagePackSerializationException)
        {
            return true;
        }
    }

    private static byte[] Repacked<T>(T item, Func<object?[], object?[]> change)
    {
        var fields = MessagePackSerializer.Deserialize<object?[]>(MessagePackSerializer.Serialize(item));
        return MessagePackSerializer.Serialize<object?[][]>([change(fields)]);
    }

    private static IReadOnlyList<ProbeJob> ReadJobs(byte[] bytes)
        => JsonSerializer.Deserialize<ProbeBatch>($$"""{"jobs":"{{Convert.ToBase64String(bytes)}}"}""", Packed)!.Jobs;

    private static IReadOnlyList<ProbeResult> ReadResults(byte[] bytes) => JsonSerializer.Deserialize<ProbeResults>(TextOf(bytes), Packed)!.Results;

    private static string TextOf(byte[] results) => $$"""{"prober":"p","results":"{{Convert.ToBase64String(results)}}"}""";

    private static string Text(ProbeResult result) => JsonSerializer.Serialize(result, Plain);

    private static void AssertAllSet<T>(T item) => Assert.All(
        typeof(T).GetProperties().Where(property => property.CanWrite && !Attribute.IsDefined(property, typeof(MessagePack.IgnoreMemberAttribute))),
        property => Assert.NotEqual(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null, property.GetValue(item)));

    private static TimeSpan Ms(int count) => TimeSpan.FromMilliseconds(count);
}
