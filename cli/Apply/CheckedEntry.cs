using Grpc.Core;
using Skypunch.Admin.V1;
using Skypunch.ConfigFile;
using Skypunch.ConfigFile.Entries;
using Skypunch.ConfigFile.Faults;

namespace Skypunch.Cli.Apply;

/// <summary>What the server says of an entry: what it would be with all its defaults, or what is wrong with it.</summary>
/// <param name="Whole">The entry with its defaults; null where it has faults.</param>
/// <param name="FaultsOf">Tells the faults at the lines of the entry.</param>
internal sealed record CheckedEntry<T>(T? Whole, Func<ConfigEntry<T>, IEnumerable<ConfigFault>> FaultsOf)
    where T : class
{
    public static CheckedEntry<T> Good(T whole) => new(whole, _ => []);

    public static CheckedEntry<T> Faulty(RpcException error) => new(null, entry => entry.FaultsOf(error));

    public static CheckedEntry<T> Faulty(TargetFault fault) => new(null, entry => entry.FaultsOf(fault));
}
