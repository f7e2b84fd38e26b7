using System.Net.Http.Headers;
using Grpc.Net.Client;

namespace Skypunch.UnitTests;

/// <summary>A gRPC channel to a test's admin API, with its token.</summary>
internal static class AdminChannel
{
    public const string Token = "the-token-of-a-test";

    public static GrpcChannel To(string address)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpClient = http, DisposeHttpClient = true });
    }
}
