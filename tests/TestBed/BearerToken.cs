using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Skypunch.TestBed;

internal static class BearerToken
{
    /// <summary>Sends the token with every call.</summary>
    public static CallInvoker WithToken(this CallInvoker invoker, string token)
        => invoker.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        });
}
