using System.Collections;
using System.Reflection;

namespace Skypunch.UnitTests.Fuzz;

/// <summary>Messages of the bus with any values that their types allow.</summary>
internal sealed class AnyValue(Random random)
{
    private static readonly string[] Texts =
    [
        "", "x", "GET", "POST", "NONE", "BASIC", "OPENSTACK", "200", "200-299,304", "9-1", "ok", "dns_error", "internal", "1.1", "2", "IPV4", "ANY", "body contains x\njson $.a == 1", "json $.a-b == 1", "latency < 1", "enc:v1:AAAA",
        "user=u,password=p", "A: b", "text/plain", "a\r\nb", "\0", "\u202e", "\ud83d\ude00", "99999999999999999999", "PASS", "FAIL", "prober-1", "' OR 1=1",
    ];

    private static readonly string[] Urls = ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "", "x", "//", "http://", "http://xn--ß/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1:9/\0", "HTTP://[::1]:9/a b?c#d", "http://u:p@127.0.0.1:9/"];

    public static string Url(Random random) => Urls[random.Next(Urls.Length)];

    public object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return random.Next(2) == 0 ? null! : Of(inner);
        }

        return type switch
        {
            _ when type == typeof(string) => random.Next(40) == 0 ? new string('x', random.Next(100_000)) : Texts[random.Next(Texts.Length)],
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(int) => Number(int.MaxValue, int.MinValue),
            _ when type == typeof(long) => (object)(random.Next(2) == 0 ? Number(int.MaxValue, int.MinValue) : random.NextInt64(long.MinValue, long.MaxValue)),
            _ when type == typeof(double) => random.NextDouble() * 1e300,
            _ when type == typeof(Guid) => Guid.Empty,
            _ when type == typeof(TimeSpan) => random.Next(4) switch { 0 => TimeSpan.MaxValue, 1 => TimeSpan.MinValue, 2 => TimeSpan.Zero, _ => TimeSpan.FromMilliseconds(random.Next(5_000)) },
            _ when type == typeof(DateTimeOffset) => random.Next(4) switch { 0 => DateTimeOffset.MaxValue, 1 => DateTimeOffset.MinValue, _ => DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(4_000_000_000)) },
            _ when type == typeof(DateTime) => DateTime.UnixEpoch,
            _ when type.IsEnum => Enum.ToObject(type, random.Next(6)),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => Enumerable.Range(0, random.Next(4)).ToDictionary(key => $"{key}{Of(typeof(string))}", _ => (string)Of(typeof(string))),
            _ when type.IsGenericType => List(type.GenericTypeArguments[0]),
            _ => Record(type),
        };
    }

    private int Number(int most, int least) => random.Next(6) switch { 0 => most, 1 => least, 2 => -1, 3 => 0, _ => random.Next(1000) };

    private IList List(Type item)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var count = random.Next(4); count > 0; count--)
        {
            list.Add(Of(item));
        }

        return list;
    }

    private object Record(Type type)
    {
        var how = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        var record = how.Invoke([.. how.GetParameters().Select(parameter => MayBeNull(new NullabilityInfoContext().Create(parameter)) ? null : Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.SetMethod!.IsPublic))
        {
            property.SetValue(record, MayBeNull(new NullabilityInfoContext().Create(property)) ? null : Of(property.PropertyType));
        }

        return record;
    }

    private bool MayBeNull(NullabilityInfo info) => info.WriteState is NullabilityState.Nullable && random.Next(2) == 0;
}
