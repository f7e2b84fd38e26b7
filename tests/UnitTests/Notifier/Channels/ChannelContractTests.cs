using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Skypunch.Contracts.Texts;
using Skypunch.Notifier;
using Skypunch.Notifier.Channels;
using Skypunch.Notifier.Model;

namespace Skypunch.UnitTests.Notifier.Channels;

/// <summary>The contract of every channel. Each registered channel is tested here; a new channel needs no change in this class.</summary>
public sealed partial class ChannelContractTests
{
    private static readonly IReadOnlyList<IChannel> Registered = ReadRegistered();

    private static readonly List<ChannelSample> Samples =
    [
        .. from type in typeof(ChannelSample).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(ChannelSample)) && !type.IsAbstract
           select (ChannelSample)Activator.CreateInstance(type)!,
    ];

    public static TheoryData<string> Types => [.. Registered.Select(channel => channel.Description.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void It_describes_itself_in_full(string type)
    {
        var description = SampleOf(type).Channel.Description;

        Assert.Matches(TypeName(), description.Type);
        Assert.EndsWith(".", description.Summary);
        Assert.All(description.Parameters.Append(description.Address).OfType<ChannelParameter>(), parameter =>
        {
            Assert.Matches(ParameterName(), parameter.Name);
            Assert.True(parameter.Help.EndsWith('.') && parameter.Value.Length > 0, $"{parameter.Name} is not described");
            Assert.False(parameter.IsRequired && parameter.Default.Length > 0, $"{parameter.Name} is required and has a default");
            Assert.Equal(parameter.Kind is ParameterKind.Choice, parameter.Choices.Count > 1);
        });
        Assert.Equal(description.Parameters.Select(parameter => parameter.Name).Distinct(), description.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(description.Parameters.OrderByDescending(parameter => parameter.IsRequired), description.Parameters);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void It_is_explained_with_all_its_parameters(string type)
    {
        var section = Deployment.Sources.Read("docs/notifiers.md").Split("\n## ").SingleOrDefault(part => part.StartsWith($"{type}\n", StringComparison.Ordinal));

        Assert.NotNull(section);
        Assert.All(SampleOf(type).Channel.Description.Parameters, parameter => Assert.Contains($"`{parameter.Name}`", section));
    }

    [Fact]
    public void No_two_have_the_same_type()
        => Assert.Equal(Registered.Count, Registered.Select(channel => channel.Description.Type).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_check_passes_what_is_good_and_names_each_field_at_fault(string type)
    {
        var (channel, good) = (SampleOf(type).Channel, SampleOf(type).Good);

        Assert.Empty(channel.Check(good));
        foreach (var required in channel.Description.Parameters.Where(parameter => parameter.IsRequired))
        {
            Assert.Contains(channel.Check(good with { Parameters = Without(good, required.Name) }), fault => fault.Field == "params" && fault.Words.Contains($"{required.Name}=", StringComparison.Ordinal));
        }

        var elsewhere = channel.Description.Address is null ? "somewhere" : "";
        Assert.Contains(channel.Check(good with { Address = elsewhere }), fault => fault.Field == "address");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_check_refuses_an_unknown_parameter_and_repeats_no_secret(string type)
    {
        var (channel, good) = (SampleOf(type).Channel, SampleOf(type).Good);

        var unknown = Assert.Single(channel.Check(good with { Parameters = $"{good.Parameters},nonsense=s3cr3t" }));
        var secrets = string.Join(',', channel.Description.Parameters.Where(parameter => parameter.IsSecret).Select(parameter => $"{parameter.Name}=s3cr3t"));
        var faults = channel.Check(new ChannelForm("\0", $"{secrets},nonsense=\"s3cr3t\",s3cr3t=1"));

        Assert.Equal("params", unknown.Field);
        Assert.Contains("unknown key", unknown.Words);
        Assert.Contains(faults, fault => fault.Field == "address");
        Assert.All(faults, fault => Assert.DoesNotContain("s3cr3t", fault.ToString()));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_secrets_are_masked_in_every_form(string type)
    {
        var channel = SampleOf(type).Channel;
        var secrets = channel.Description.Parameters.Where(parameter => parameter.IsSecret).ToDictionary(parameter => parameter.Name, parameter => parameter.Kind switch
        {
            ParameterKind.Url => "https://hooks.example.org/services/T0/s3cr3t+path?key=s3cr3t%2Fquery",
            ParameterKind.Lines => "X-One: s3cr3t one\nX-Two: s3cr3t two",
            _ => "s3cr3t+text",
        });
        var form = new ChannelForm("", ParameterText.Format(secrets));
        string[] parts = [.. secrets.Values.SelectMany(value => value.Split(['\n', '/', '?', '='])).Select(part => part.Replace("X-One: ", "").Replace("X-Two: ", ""))];
        var said = string.Join(" | ", parts.Concat(secrets.Values).SelectMany(part => new[] { part, Uri.EscapeDataString(part), Convert.ToBase64String(Encoding.UTF8.GetBytes(part)) }));

        var masked = FormSecrets.Of(channel.Description, form).Mask(said);

        Assert.DoesNotContain("s3cr3t", masked);
        Assert.DoesNotContain(Convert.ToBase64String("s3cr3t"u8)[..7], masked);
        Assert.DoesNotContain("s3cr3t", form.ToString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_message_is_the_same_each_time_and_can_be_made_of_anything(string type)
    {
        var sample = SampleOf(type);

        var tellings = Tellings.All.Where(telling => telling.Digest is null || sample.Channel.Description.TakesDigests).ToList();

        var first = tellings.Select(sample.Render).ToList();
        var second = tellings.Select(sample.Render).ToList();

        Assert.Equal(first, second);
        Assert.Equal(first.Count, first.Distinct().Count());
        Assert.All(tellings.Zip(first), told => Assert.Contains(told.First.Id, told.Second)); // a second copy can be recognised
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_judge_says_of_each_answer_whether_it_is_sent_or_to_be_sent_again_or_given_up(string type)
    {
        var (first, second) = (SampleOf(type).Judged(), SampleOf(type).Judged());

        Assert.All(first, row => Assert.Equal(row.Meaning, row.Judged.Result));
        Assert.Equal(first.Select(row => row.Judged.Reason), second.Select(row => row.Judged.Reason));
        Assert.Superset(new HashSet<SendResult> { SendResult.Delivered, SendResult.Retry, SendResult.Refused }, first.Select(row => row.Meaning).ToHashSet());
        Assert.Contains(first, row => row.Judged is { Result: SendResult.Retry, ServerFault: true });
        Assert.All(first, row => Assert.True(row.Judged.Result is SendResult.Delivered || row.Judged.Reason is { Length: > 0 }, "a message that is not sent has a reason"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void It_stays_within_the_limits_of_its_receiver_whatever_people_write(string type)
    {
        var sample = SampleOf(type);

        Assert.All(Tellings.All.Concat(Tellings.Hostile).Where(telling => telling.Digest is null || sample.Channel.Description.TakesDigests), sample.AssertFits);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task It_takes_digests_or_is_told_of_each_change_alone(string type)
    {
        var sample = SampleOf(type);
        if (sample.At("") is null || sample.Channel.Description.TakesDigests)
        {
            return;
        }

        Assert.Throws<UnreadableException>(() => sample.Render(Tellings.Digest));
        var sent = await ChannelLoop.SendAsync(sample, ChannelLoop.Answer(202, "{}"), [.. Enumerable.Range(1, 12).Select(i => AChange.Failure(i))]);

        Assert.Equal(12, sent.Requests.Count);
        Assert.All(sent.Deliveries, delivery => Assert.Equal((DeliveryState.Sent, 1), (delivery.State, delivery.Attempts)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Its_secrets_are_in_no_error_and_no_log_whatever_the_receiver_says(string type)
    {
        var sample = SampleOf(type);
        if (sample.At("") is null)
        {
            return; // SmtpMailerTests
        }

        foreach (var status in new[] { 200, 400, 500 })
        {
            var sent = await ChannelLoop.SendAsync(
                sample,
                async context =>
                {
                    context.Response.StatusCode = status;
                    await context.Response.WriteAsync(string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend(context.Request.Path + context.Request.QueryString)));
                },
                AChange.Failure());

            var request = Assert.Single(sent.Requests);
            var logins = request.Headers.Where(header => header.Key == "Authorization").Select(header => header.Value.Split(' ')[^1]);
            Assert.Contains(status == 200 ? "told to" : $"answered {status}", string.Join('\n', sent.Log));
            Assert.All(logins.Append("s3cr3t"), secret => Assert.All(sent.Log.Append(sent.Deliveries[0].LastError ?? ""), line => Assert.DoesNotContain(secret, line)));
        }
    }

    private static IReadOnlyList<IChannel> ReadRegistered()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddOptions().AddNotifierParts().BuildServiceProvider();
        return services.GetRequiredService<ChannelTypes>().All;
    }

    private static ChannelSample SampleOf(string type)
        => Assert.Single(Samples, sample => sample.Channel.Description.Type == type);

    private static string Without(ChannelForm form, string name)
    {
        Assert.True(ParameterText.TryParse(form.Parameters, out var parameters, out _));
        return ParameterText.Format(parameters.Where(parameter => parameter.Key != name));
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]{1,31}$")]
    private static partial Regex TypeName();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex ParameterName();
}
