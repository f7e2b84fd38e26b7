using System.Security.Cryptography;
using System.Text;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Secrets;

/// <summary>Which keys a process gets, and which texts they open.</summary>
public sealed class SecretKeysTests
{
    private static readonly byte[] Single = [.. Enumerable.Range(0, SecretKeys.Bytes).Select(i => (byte)i)];
    private static readonly SecretPlace Parameters = SecretPlace.InRow(SecretPurpose.Notifiers, "params", 1);
    private static readonly SecretPlace Password = SecretPlace.InRow(SecretPurpose.Targets, "authn_parms", 1);
    private static readonly SecretPlace InJob = SecretPlace.InJob("authn_parms", 1, DateTimeOffset.UnixEpoch, "http://localhost/");

    // HMAC-SHA256 with the single secret over the text and a byte 1, which is one block of HKDF-Expand.
    public static string OwnKey(string purpose)
        => $"{purpose}:{Convert.ToBase64String(HMACSHA256.HashData(Single, Encoding.UTF8.GetBytes($"skypunch {purpose}\u0001")))}";

    [Fact]
    public void The_Probers_key_opens_a_job_but_no_notifiers_password_and_nothing_at_rest()
    {
        var all = new SecretBox(Single);
        var prober = new SecretBox(Parse(OwnKey("jobs")));

        Assert.Equal("s3cr3t", prober.Open(InJob, all.Seal(InJob, "s3cr3t")));
        Assert.ThrowsAny<CryptographicException>(() => prober.Open(Parameters, all.Seal(Parameters, "s3cr3t")));
        Assert.ThrowsAny<CryptographicException>(() => prober.Open(Password, all.Seal(Password, "s3cr3t")));
        Assert.ThrowsAny<CryptographicException>(() => prober.Open(InJob, OldSeal.Seal(Single, OldSeal.Targets, "s3cr3t")));
    }

    [Fact]
    public void Even_taken_for_another_purposes_key_it_opens_nothing_else()
    {
        var all = new SecretBox(Single);
        var key = OwnKey("jobs")["jobs:".Length..];
        var disguised = new SecretBox(Parse($"targets:{key} notifiers:{key}"), Parse(key));

        Assert.ThrowsAny<CryptographicException>(() => disguised.Open(Parameters, all.Seal(Parameters, "s3cr3t")));
        Assert.ThrowsAny<CryptographicException>(() => disguised.Open(Password, all.Seal(Password, "s3cr3t")));
    }

    [Fact]
    public void The_keys_of_the_services_are_those_that_a_single_secret_gives()
    {
        var all = new SecretBox(Single);

        Assert.Equal("x", new SecretBox(Parse($"{OwnKey("targets")}\n{OwnKey("jobs")}\n")).Open(Password, all.Seal(Password, "x")));
        Assert.Equal("x", new SecretBox(Parse(OwnKey("notifiers"))).Open(Parameters, all.Seal(Parameters, "x")));
    }

    [Fact]
    public void Each_services_own_keys_are_changed_as_the_single_one_is()
    {
        var (before, after) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var old = new SecretBox(Parse($"notifiers:{before}")).Seal(Parameters, "s3cr3t");
        var both = new SecretBox(Parse($"notifiers:{after}"), Parse($"notifiers:{before}"));

        var anew = both.Reseal(Parameters, old)!;

        Assert.Equal("s3cr3t", both.Open(Parameters, old));
        Assert.Equal("s3cr3t", new SecretBox(Parse($"notifiers:{after}")).Open(Parameters, anew));
    }

    [Fact]
    public void A_service_with_its_own_keys_opens_a_text_of_earlier_releases_only_while_the_single_key_is_its_other_key()
    {
        var old = OldSeal.Seal(Single, OldSeal.Notifiers, "s3cr3t");

        Assert.ThrowsAny<CryptographicException>(() => new SecretBox(Parse(OwnKey("notifiers"))).Open(Parameters, old));
        Assert.Equal("s3cr3t", new SecretBox(Parse(OwnKey("notifiers")), SecretKeys.Of(Single)).Open(Parameters, old));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")] // 33 bytes
    [InlineData("jobs:")]
    [InlineData("jobs:AAAA")]
    [InlineData("pigeons:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("jobs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= jobs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= jobs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public void Anything_but_a_key_or_a_list_of_keys_is_refused(string text) => Assert.False(SecretKeys.TryParse(text, out _));

    private static SecretKeys Parse(string text)
    {
        Assert.True(SecretKeys.TryParse(text, out var keys));
        return keys;
    }
}
