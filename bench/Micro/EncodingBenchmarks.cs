using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MassTransit.Serialization;
using Skypunch.Contracts;
using Skypunch.ServiceDefaults.Bus;

namespace Skypunch.Bench.Micro;

/// <summary>
/// Encodes messages to JSON and decodes them, in MassTransit's envelope and with its settings. The daemon's in-memory bus does the same.
/// </summary>
public class EncodingBenchmarks
{
    private static readonly JsonSerializerOptions Settings = PackedItems.AddTo(new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options));

    private byte[] _batchBytes = [];
    private byte[] _resultsBytes = [];
    private ProbeBatch _batch = null!;
    private ProbeResults _results = null!;

    /// <summary>How many jobs or results a message has.</summary>
    [Params(1, 10, 100)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Make()
    {
        _batch = new ProbeBatch([.. Enumerable.Range(1, Items).Select(id => SampleJobs.Job(id, SampleJobs.Noon))]);
        _results = new ProbeResults("prober-1", [.. Enumerable.Range(1, Items).Select(id => SampleJobs.Pass(id, SampleJobs.Noon))]);
        _batchBytes = Encode(_batch);
        _resultsBytes = Encode(_results);
    }

    [Benchmark]
    public object EncodeBatch() => Encode(_batch);

    [Benchmark]
    public object DecodeBatch() => Decode<ProbeBatch>(_batchBytes);

    [Benchmark]
    public object EncodeResults() => Encode(_results);

    [Benchmark]
    public object DecodeResults() => Decode<ProbeResults>(_resultsBytes);

    private static byte[] Encode(object message)
    {
        var envelope = new JsonMessageEnvelope
        {
            MessageId = "01000000-5d5d-0015-0000-08de29a1b2c3",
            ConversationId = "01000000-5d5d-0015-0000-08de29a1b2c4",
            SourceAddress = "rabbitmq://127.0.0.1/bench_Scheduler_bus",
            DestinationAddress = $"rabbitmq://127.0.0.1/Skypunch.Contracts:{message.GetType().Name}",
            MessageType = [$"urn:message:Skypunch.Contracts:{message.GetType().Name}"],
            Message = message,
        };
        return JsonSerializer.SerializeToUtf8Bytes(envelope, Settings);
    }

    private static T Decode<T>(byte[] bytes)
    {
        var envelope = JsonSerializer.Deserialize<JsonMessageEnvelope>(bytes, Settings)!;
        return ((JsonElement)envelope.Message!).Deserialize<T>(Settings)!;
    }
}
