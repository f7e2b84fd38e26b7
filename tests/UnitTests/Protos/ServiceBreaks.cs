using Google.Protobuf.Reflection;

namespace Skypunch.UnitTests.Protos;

/// <summary>Finds what breaks in a service: a method that was removed, or whose request or response changed.</summary>
internal static class ServiceBreaks
{
    public static IEnumerable<string> Of((ServiceDescriptorProto Old, ServiceDescriptorProto New) service) => service.Old.Method.SelectMany(method =>
    {
        var name = $"{service.Old.Name}.{method.Name}";
        return service.New.Method.FirstOrDefault(other => other.Name == method.Name) is { } same
            ? ProtoBreaks.Same($"{name}: the request", ShapeOf(method.InputType, method.ClientStreaming), ShapeOf(same.InputType, same.ClientStreaming))
                .Concat(ProtoBreaks.Same($"{name}: the answer", ShapeOf(method.OutputType, method.ServerStreaming), ShapeOf(same.OutputType, same.ServerStreaming)))
            : [$"the call {name} is gone"];
    });

    private static string ShapeOf(string message, bool isStream) => isStream ? $"a stream of {message}" : message;
}
