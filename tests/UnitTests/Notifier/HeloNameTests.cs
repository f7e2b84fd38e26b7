using System.Net;
using Skypunch.Notifier.Channels.Smtp;

namespace Skypunch.UnitTests.Notifier;

public sealed class HeloNameTests
{
    [Theory]
    [InlineData("given", "mon.example.org", "example.net", "192.0.2.1", "given")]
    [InlineData(null, "mon.example.org", "example.net", "192.0.2.1", "mon.example.org")]
    [InlineData(null, "vm", "example.net", "192.0.2.1", "example.net")]
    [InlineData(null, "localhost.localdomain", "example.net", "192.0.2.1", "example.net")]
    [InlineData(null, null, "example.net", "192.0.2.1", "example.net")]
    [InlineData(null, "vm", "bücher.example", "192.0.2.1", "xn--bcher-kva.example")]
    [InlineData(null, "vm", "[192.0.2.7]", "192.0.2.1", "[192.0.2.1]")]
    [InlineData(null, "vm", "vm", "192.0.2.1", "[192.0.2.1]")]
    [InlineData(null, "vm.", null, "192.0.2.1", "[192.0.2.1]")]
    [InlineData(null, "vm", null, "::ffff:192.0.2.1", "[192.0.2.1]")]
    [InlineData(null, "vm", null, "2001:db8::1", "[IPv6:2001:db8::1]")]
    public void The_name_in_EHLO_is_as_complete_as_possible(string? given, string? machine, string? senderDomain, string address, string expected)
        => Assert.Equal(expected, HeloName.Choose(given, machine, senderDomain, IPAddress.Parse(address)));
}
