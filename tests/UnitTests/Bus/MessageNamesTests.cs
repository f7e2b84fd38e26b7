using MassTransit;
using Skypunch.Contracts;

namespace Skypunch.UnitTests.Bus;

/// <summary>
/// The names under which messages travel. Each is an exchange and a URN, made from the namespace and the name of the type. Replicas of
/// different versions understand each other only if these names stay the same.
/// </summary>
public sealed class MessageNamesTests
{
    private static readonly Type[] Messages =
    [
        typeof(ProbeBatch), typeof(ProbeResults), typeof(ProberSeen), typeof(TestProbe), typeof(TestProbed), typeof(StatusChangeBatch), typeof(StatusChangesStored), typeof(NoticeBatch),
    ];

    [Fact]
    public void A_message_keeps_its_name() => Assert.Equal(
        [
            "urn:message:Skypunch.Contracts:ProbeBatch",
            "urn:message:Skypunch.Contracts:ProbeResults",
            "urn:message:Skypunch.Contracts:ProberSeen",
            "urn:message:Skypunch.Contracts:TestProbe",
            "urn:message:Skypunch.Contracts:TestProbed",
            "urn:message:Skypunch.Contracts:StatusChangeBatch",
            "urn:message:Skypunch.Contracts:StatusChangesStored",
            "urn:message:Skypunch.Contracts:NoticeBatch",
        ],
        Messages.Select(MessageUrn.ForTypeString));
}
