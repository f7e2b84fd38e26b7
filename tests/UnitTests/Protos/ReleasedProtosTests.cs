using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.UnitTests.Deployment;

namespace Skypunch.UnitTests.Protos;

/// <summary>
/// The admin API breaks no client of the last release. Its protos are in protos/released.binpb, which "dotnet build protos
/// -t:KeepAsReleased" writes at each release.
/// </summary>
public sealed class ReleasedProtosTests
{
    private static readonly FileDescriptorSet Released = FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(Sources.PathOf("protos/released.binpb")));

    public static TheoryData<string, string> Changes => new()
    {
        { "a field is gone", "Target.name is gone" },
        { "a field is gone and reserved", "" },
        { "a field has another name", "the name of number 2 was name and is title" },
        { "a field has another type", "Target.name: the type was String and is Bytes" },
        { "a field is repeated", "Target.name: the label was Optional and is Repeated" },
        { "a field shows whether it was given", "Target.name: the label was Optional and is Optional with presence" },
        { "a field is added", "" },
        { "a reservation is gone", "the number 998 is reserved no longer" },
        { "a message is gone", "message Target is gone" },
        { "a value is gone", "TARGET_STATUS_FAIL is gone" },
        { "a value has another name", "was TARGET_STATUS_FAIL and is TARGET_STATUS_DOWN" },
        { "a call is gone", "the call TargetService.ListTargets is gone" },
        { "a call gives another answer", "TargetService.ListTargets: the answer was" },
        { "a file is gone", "file skypunch/admin/v1/target.proto is gone" },
        { "the package has another name", "package was skypunch.admin.v1 and is skypunch.admin.v2" },
    };

    [Fact]
    public void The_protos_break_no_client_of_the_last_release()
    {
        FileDescriptor[] files =
        [
            TargetReflection.Descriptor, TargetServiceReflection.Descriptor, NotifierServiceReflection.Descriptor, SystemServiceReflection.Descriptor,
            HistoryServiceReflection.Descriptor, AccessServiceReflection.Descriptor, MaintenanceServiceReflection.Descriptor,
        ];
        var now = new FileDescriptorSet { File = { files.Select(file => file.ToProto()) } };

        var breaks = ProtoBreaks.Between(Released, now);
        Assert.True(breaks.Count == 0, $"Keep what clients use, and reserve the number and the name of what goes:\n{string.Join('\n', breaks)}");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_that_breaks_a_client_is_reported(string change, string told)
    {
        var (old, changed) = (Released.Clone(), Released.Clone());

        Make(change, old, changed);

        var breaks = ProtoBreaks.Between(old, changed);
        if (told.Length == 0)
        {
            Assert.Empty(breaks);
        }
        else
        {
            Assert.Contains(told, Assert.Single(breaks), StringComparison.Ordinal);
        }
    }

    private static void Make(string change, FileDescriptorSet old, FileDescriptorSet changed)
    {
        var file = changed.File.Single(f => f.Name.EndsWith("/target.proto", StringComparison.Ordinal));
        var service = changed.File.SelectMany(f => f.Service).Single(s => s.Name == "TargetService");
        var (message, status) = (Target(changed), file.EnumType.Single(e => e.Name == "TargetStatus"));
        var name = message.Field.Single(f => f.Name == "name");
        var fail = status.Value.Single(v => v.Name == "TARGET_STATUS_FAIL");
        var list = service.Method.Single(m => m.Name == "ListTargets");
        Action make = change switch
        {
            "a field is gone" => () => message.Field.Remove(name),
            "a field is gone and reserved" => () => Reserve(message, name),
            "a field has another name" => () => name.Name = "title",
            "a field has another type" => () => name.Type = FieldDescriptorProto.Types.Type.Bytes,
            "a field is repeated" => () => name.Label = FieldDescriptorProto.Types.Label.Repeated,
            "a field shows whether it was given" => () => name.Proto3Optional = true,
            "a field is added" => () => message.Field.Add(new FieldDescriptorProto { Name = "more", Number = 999, Type = FieldDescriptorProto.Types.Type.String }),
            "a reservation is gone" => () => Target(old).ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = 998, End = 999 }),
            "a message is gone" => () => file.MessageType.Remove(message),
            "a value is gone" => () => status.Value.Remove(fail),
            "a value has another name" => () => fail.Name = "TARGET_STATUS_DOWN",
            "a call is gone" => () => service.Method.Remove(list),
            "a call gives another answer" => () => list.ServerStreaming = true,
            "a file is gone" => () => changed.File.Remove(file),
            "the package has another name" => () => file.Package = "skypunch.admin.v2",
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
        };
        make();
    }

    private static DescriptorProto Target(FileDescriptorSet set) => set.File.SelectMany(f => f.MessageType).Single(m => m.Name == "Target");

    private static void Reserve(DescriptorProto message, FieldDescriptorProto field)
    {
        message.Field.Remove(field);
        message.ReservedName.Add(field.Name);
        message.ReservedRange.Add(new DescriptorProto.Types.ReservedRange { Start = field.Number, End = field.Number + 1 });
    }
}
