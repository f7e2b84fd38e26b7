using System.Text.Json;
using Google.Protobuf.Reflection;
using Skypunch.Admin.V1;
using Skypunch.Cli.Export;
using Skypunch.Cli.Targets;
using Skypunch.ConfigFile;
using Skypunch.UnitTests.Cli;
using Skypunch.UnitTests.Deployment;
using Skypunch.UnitTests.Scheduler;
using Row = Skypunch.Scheduler.Model.Target;
using StoredFields = Skypunch.Scheduler.Targets.TargetFields;
using TargetMapping = Skypunch.Scheduler.Targets.TargetMapping;

namespace Skypunch.UnitTests.Fields;

/// <summary>
/// Each field of the API's target is known to everything that handles targets. A new field makes these tests fail until the sample has it, and then once for each place that
/// does not know it.
/// </summary>
public sealed class TargetFieldsTests
{
    // What the server says of a target; nobody writes these fields.
    private static readonly string[] OutputOnly = ["id", "state", "has_body"];

    // The server takes these fields and never gives their values back.
    private static readonly string[] InputOnly = ["authn_params", "body"];

    // The name and the URL are arguments of the command line, and "enabled" is a pair of flags of each command.
    private static readonly string[] NoOption = ["name", "url", "enabled"];

    private static readonly Target Sample = ASample();

    public static TheoryData<string> Written => [.. Target.Descriptor.Fields.InFieldNumberOrder().Select(known => known.Name).Except(OutputOnly)];

    public static TheoryData<string> Shown => [.. Target.Descriptor.Fields.InFieldNumberOrder().Select(known => known.Name).Except(OutputOnly).Except(InputOnly)];

    public static TheoryData<string> Options => [.. Target.Descriptor.Fields.InFieldNumberOrder().Select(known => known.Name).Except(OutputOnly).Except(NoOption)];

    [Theory]
    [MemberData(nameof(Written))]
    public void The_sample_of_these_tests_has_it(string field) => Assert.NotEqual(Sample.CalculateSize(), Without(field).CalculateSize());

    [Theory]
    [MemberData(nameof(Written))]
    public void A_mask_may_name_it(string field) => Assert.Contains(field, StoredFields.Writable);

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_store_keeps_it_and_gives_it_back(string field)
    {
        var row = new Row { Id = 7, Name = "", Url = "" };
        using var store = new SchedulerStore();
        StoredFields.WritePlain(Sample, row, store.Secrets);
        StoredFields.WriteSealed(Sample, row, store.Secrets);

        var read = TargetMapping.ToProtoWithSecrets(row, store.Secrets);

        Assert.Equal(Value(Sample, field), Value(read, field));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_of_the_command_line_gives_it(string field)
        => Assert.Contains(TargetOptions.All(), option => option.Path == field || option.Path.StartsWith($"{field}.", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_JSON_of_the_command_line_shows_it(string field)
        => Assert.NotEqual(JsonOf(Without(field)), JsonOf(Sample));

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_table_of_a_target_shows_it(string field)
        => Assert.NotEqual(TableOf(Without(field)), TableOf(Sample));

    [Theory]
    [MemberData(nameof(Shown))]
    public void An_export_has_it_and_a_configuration_file_is_read_with_it(string field)
    {
        var document = ConfigDocument.Read("skypunch.yaml", ExportOf(Sample), _ => null);

        Assert.NotEqual(ExportOf(Without(field)), ExportOf(Sample)); // a secret as a comment that says what to fill in
        Assert.Empty(document.Faults);
        Assert.Equal(Value(WithoutSecrets(Sample), field), Value(Assert.Single(document.Targets).Resource, field));
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void The_handbook_tells_of_it(string field)
    {
        var keys = new[] { field }.Concat(field is "catalog" ? ["service_type"] : []);
        Assert.Contains(keys, key => Sources.Read("docs/targets.md").Contains($"`{key}`", StringComparison.Ordinal));
    }

    private static Target ASample()
    {
        var sample = Samples.Full();
        sample.MergeFrom(new Target
        {
            Authn = Authn.Basic,
            AuthnParams = "user=me,password=secret",
            PassResult = "200-299",
            Body = "{}",
            Enabled = false,
            FailureThreshold = 3,
            SuccessThreshold = 4,
        });
        return sample;
    }

    private static Target Without(string field)
    {
        var target = Sample.Clone();
        Descriptor(field).Accessor.Clear(target);
        return target;
    }

    // As the server gives it and an export can have it.
    private static Target WithoutSecrets(Target target)
    {
        var open = target.Clone();
        open.QuerySecrets.Clear();
        foreach (var header in open.Headers.Where(header => header.Value.Length == 0).ToList())
        {
            open.Headers.Remove(header);
        }

        return open;
    }

    private static object? Value(Target target, string field) => Descriptor(field).Accessor.GetValue(target);

    private static FieldDescriptor Descriptor(string field) => Target.Descriptor.FindFieldByName(field);

    private static string JsonOf(Target target) => JsonSerializer.Serialize(TargetJson.Of(target), TargetShapes.Json.JsonObject);

    private static string TableOf(Target target)
    {
        using var setting = new CliSetting();
        var table = new StringWriter();
        TargetTables.Details(target, setting.Around(table, TextWriter.Null)).WriteTo(setting.Around(table, TextWriter.Null));
        return table.ToString();
    }

    private static string ExportOf(Target target)
    {
        var text = new ConfigText();
        text.List("targets", isEmpty: false);
        TargetExport.Write(target, new Target(), text);
        return text.ToString();
    }
}
