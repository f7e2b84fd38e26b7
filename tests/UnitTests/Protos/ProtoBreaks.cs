using Google.Protobuf.Reflection;

namespace Skypunch.UnitTests.Protos;

/// <summary>
/// Finds what a change of the protos breaks for a client of the previous release: in the messages that it sends and reads, in its JSON, and
/// in its code when it takes the new files. These are the rules of buf's categories FILE and WIRE_JSON. A field or an enum value may be
/// removed if its number and its name are reserved.
/// </summary>
internal static class ProtoBreaks
{
    /// <summary>Each break as a sentence; empty if the new protos only add.</summary>
    public static IReadOnlyList<string> Between(FileDescriptorSet released, FileDescriptorSet now)
        => [.. Kept(released.File, now.File, file => file.Name).SelectMany(OfFile).Concat(Gone("file", released.File, now.File, file => file.Name))];

    private static IEnumerable<string> OfFile((FileDescriptorProto Old, FileDescriptorProto New) file)
    {
        var (old, @new) = file;
        return Same($"{old.Name}: package", old.Package, @new.Package)
            .Concat(Same($"{old.Name}: syntax", old.Syntax, @new.Syntax))
            .Concat(Same($"{old.Name}: csharp_namespace", old.Options?.CsharpNamespace, @new.Options?.CsharpNamespace))
            .Concat(OfMessages(old.Package, old.MessageType, @new.MessageType))
            .Concat(OfEnums(old.Package, old.EnumType, @new.EnumType))
            .Concat(Gone($"{old.Package}: service", old.Service, @new.Service, service => service.Name))
            .Concat(Kept(old.Service, @new.Service, service => service.Name).SelectMany(ServiceBreaks.Of));
    }

    private static IEnumerable<string> OfMessages(string scope, IEnumerable<DescriptorProto> old, IEnumerable<DescriptorProto> @new)
        => Gone($"{scope}: message", old, @new, message => message.Name)
            .Concat(Kept(old, @new, message => message.Name).SelectMany(pair => MessageBreaks.Of(scope, pair.Old, pair.New)
                .Concat(OfMessages($"{scope}.{pair.Old.Name}", pair.Old.NestedType, pair.New.NestedType))
                .Concat(OfEnums($"{scope}.{pair.Old.Name}", pair.Old.EnumType, pair.New.EnumType))));

    private static IEnumerable<string> OfEnums(string scope, IEnumerable<EnumDescriptorProto> old, IEnumerable<EnumDescriptorProto> @new)
        => Gone($"{scope}: enum", old, @new, type => type.Name)
            .Concat(Kept(old, @new, type => type.Name).SelectMany(pair => EnumBreaks.Of(scope, pair.Old, pair.New)));

    /// <summary>The elements that both versions have, matched by name.</summary>
    private static IEnumerable<(T Old, T New)> Kept<T>(IEnumerable<T> old, IEnumerable<T> @new, Func<T, string> name)
        => old.Join(@new, name, name, (a, b) => (a, b));

    /// <summary>The elements that the new version no longer has.</summary>
    private static IEnumerable<string> Gone<T>(string what, IEnumerable<T> old, IEnumerable<T> @new, Func<T, string> name)
        => old.Select(name).Except(@new.Select(name)).Select(gone => $"{what} {gone} is gone");

    internal static IEnumerable<string> Same(string what, string? old, string? @new)
        => old == @new ? [] : [$"{what} was {Word(old)} and is {Word(@new)}"];

    private static string Word(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;
}
