using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Skypunch.Admin.V1;
using Skypunch.UnitTests.Notifier;
using Skypunch.UnitTests.Scheduler;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>
/// Requests of every RPC to the real services over loopback: well-formed messages with any values, and bytes that are no valid message.
/// </summary>
public sealed class ApiMessageTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    private static readonly StatusCode[] Allowed =
        [StatusCode.OK, StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.Aborted, StatusCode.ResourceExhausted];

    private const string OpensSessions = nameof(AccessService.AccessServiceClient.CreateSession); // a wrong code is no valid login

    private static readonly string[] Texts =
    [
        "", "x", "A target", "http://127.0.0.1:9/", "https://127.0.0.1:9/a?b=c", "http://xn--ß/", "//", "GET", "POST", "PROPFIND", "200-299,304", "999", "user=u,password=p", "server=127.0.0.1,port=9", "ops@example.org", "text/plain",
        "body contains x", "json $.a[*] == 1", "latency < 1ms", "header X absent", "compute", "public", "Accept", "Authorization", "a\nb", "\0", "\u202e", "\ud83d\ude00", "enc:v1:AAAA", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "' OR 1=1 --", "%s%n", "MTA", "9999999999999999999",
    ];

    [Fact]
    public async Task The_targets_service_answers_with_success_or_the_fault()
    {
        await using var host = await SchedulerHost.StartAsync(new StandIns());
        await CallAsync(600, host.Channel, [TargetServiceReflection.Descriptor, SystemServiceReflection.Descriptor, HistoryServiceReflection.Descriptor, AccessServiceReflection.Descriptor, MaintenanceServiceReflection.Descriptor]);
    }

    [Fact]
    public async Task The_notifiers_service_answers_with_success_or_the_fault()
    {
        await using var host = await NotifierHost.StartAsync();
        await CallAsync(400, host.Channel, [NotifierServiceReflection.Descriptor]);
    }

    private static async Task CallAsync(int few, GrpcChannel channel, FileDescriptor[] files)
    {
        var methods = files.SelectMany(file => file.Services).SelectMany(service => service.Methods).ToList();
        var invoker = channel.CreateCallInvoker();
        await FuzzRun.EachAsync(few, 4, async (_, random) =>
        {
            var method = methods[random.Next(methods.Count)];
            var request = new AnyMessage(random, Texts).Of(method.InputType).ToByteArray();
            var isBroken = random.Next(8) == 0 && method.Name is not ("CreateNotifier" or "UpdateNotifier"); // these calls would send to the server that the notifier names: port 9 of this machine
            for (var flips = isBroken ? random.Next(1, 4) : 0; flips > 0 && request.Length > 0; flips--)
            {
                request[random.Next(request.Length)] = (byte)random.Next(256);
            }

            var status = await StatusOfAsync(invoker, method, request);
            Assert.True(Allowed.Contains(status.Code) || (status.Code is StatusCode.Unauthenticated && method.Name == OpensSessions) || (isBroken && IsUnreadable(status)), $"{method.FullName}: {status.Code}, {status.Words}, request {Convert.ToBase64String(request)}");
            Assert.True(status.Code is not StatusCode.InvalidArgument || status.Faults > 0, $"{method.FullName}: {status.Words} names no field");
            return status.Code.ToString();
        });
    }

    // A stream has no end: its first message is enough.
    private static async Task<(StatusCode Code, string Words, int Faults)> FirstOfStreamAsync(CallInvoker invoker, MethodDescriptor method, byte[] request)
    {
        var call = new Method<byte[], byte[]>(MethodType.ServerStreaming, method.Service.FullName, method.Name, Bytes, Bytes);
        using var stream = invoker.AsyncServerStreamingCall(call, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken), request);
        Assert.True(await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken), $"{method.FullName} ends without a message");
        method.OutputType.Parser.ParseFrom(stream.ResponseStream.Current);
        return (StatusCode.OK, "", 0);
    }

    // gRPC itself refuses bytes that are not valid protobuf, before any code of Skypunch runs.
    private static bool IsUnreadable((StatusCode Code, string Words, int Faults) status) => status.Code is StatusCode.Internal or StatusCode.Unknown && !status.Words.Contains("Skypunch", StringComparison.Ordinal);

    private static async Task<(StatusCode Code, string Words, int Faults)> StatusOfAsync(CallInvoker invoker, MethodDescriptor method, byte[] request)
    {
        var call = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, Bytes, Bytes);
        try
        {
            if (method.IsServerStreaming)
            {
                return await FirstOfStreamAsync(invoker, method, request);
            }

            var answer = await invoker.AsyncUnaryCall(call, null, new CallOptions(deadline: DateTime.MaxValue, cancellationToken: TestContext.Current.CancellationToken), request);
            method.OutputType.Parser.ParseFrom(answer);
            return (StatusCode.OK, "", 0);
        }
        catch (RpcException e)
        {
            return (e.StatusCode, e.Status.Detail, e.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Count(violation => violation.Field.Length > 0) ?? 0);
        }
    }
}
