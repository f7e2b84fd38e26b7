using System.Security.Cryptography;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly SecretPlace Password = SecretPlace.InRow(SecretPurpose.Targets, "authn_parms", 7);

    private readonly SecretBox _box = new(RandomNumberGenerator.GetBytes(SecretKeys.Bytes));

    public static TheoryData<SecretPlace> OtherPlaces =>
    [
        SecretPlace.InRow(SecretPurpose.Targets, "body", 7),
        SecretPlace.InRow(SecretPurpose.Targets, "authn_parms", 8),
        SecretPlace.InRow(SecretPurpose.Notifiers, "authn_parms", 7),
        SecretPlace.InRow(SecretPurpose.Notifiers, "params", 7),
        SecretPlace.InJob("authn_parms", 7, DateTimeOffset.UnixEpoch, "http://localhost/"),
    ];

    public static TheoryData<SecretPlace> OtherJobs =>
    [
        SecretPlace.InJob("body", 7, DateTimeOffset.UnixEpoch, "http://localhost/"),
        SecretPlace.InJob("authn_parms", 8, DateTimeOffset.UnixEpoch, "http://localhost/"),
        SecretPlace.InJob("authn_parms", 7, DateTimeOffset.UnixEpoch.AddTicks(1), "http://localhost/"),
        SecretPlace.InJob("authn_parms", 7, DateTimeOffset.UnixEpoch, "http://thief.example.org/"),
        SecretPlace.InRow(SecretPurpose.Targets, "authn_parms", 7),
    ];

    [Theory]
    [InlineData("user=me,password=s3cr3t")]
    [InlineData("user=\"J. Doe, jr\",password=\"größe\"")]
    [InlineData("enc:v1:AAAA")]
    [InlineData("enc:v2:AAAA")]
    [InlineData("")]
    public void A_text_that_was_sealed_opens_at_its_place_whatever_it_begins_with(string plain)
    {
        var sealedText = _box.Seal(Password, plain);

        Assert.StartsWith("enc:v2:", sealedText, StringComparison.Ordinal);
        Assert.True(SecretBox.IsSealed(sealedText));
        Assert.Equal(plain, _box.Open(Password, sealedText));
    }

    [Fact]
    public void A_text_is_never_sealed_to_the_same_twice()
    {
        var first = _box.Seal(Password, "s3cr3t");

        Assert.NotEqual(first, _box.Seal(Password, "s3cr3t"));
        Assert.DoesNotContain("s3cr3t", first);
    }

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public void A_sealed_text_that_was_copied_to_another_place_does_not_open(SecretPlace place)
    {
        var sealedText = _box.Seal(Password, "s3cr3t");

        Assert.ThrowsAny<CryptographicException>(() => _box.Open(place, sealedText));
        Assert.ThrowsAny<CryptographicException>(() => _box.Reseal(place, sealedText));
    }

    [Theory]
    [MemberData(nameof(OtherJobs))]
    public void A_secret_of_a_job_opens_for_that_job_alone(SecretPlace place)
    {
        var sealedText = _box.Seal(SecretPlace.InJob("authn_parms", 7, DateTimeOffset.UnixEpoch, "http://localhost/"), "s3cr3t");

        Assert.ThrowsAny<CryptographicException>(() => _box.Open(place, sealedText));
        Assert.Equal("s3cr3t", _box.Open(SecretPlace.InJob("authn_parms", 7, DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(2)), "http://localhost/"), sealedText));
    }

    [Theory]
    [InlineData("enc:v1:")]
    [InlineData("enc:v1:not base64")]
    [InlineData("enc:v2:")]
    [InlineData("enc:v2:AAAA")]
    [InlineData("enc:v3:AAAA")]
    [InlineData("plain")]
    [InlineData(SecretBox.Unopened)]
    public void A_malformed_sealed_text_does_not_open(string text) => Assert.ThrowsAny<CryptographicException>(() => _box.Open(Password, text));

    [Fact]
    public void Another_key_and_a_damaged_text_do_not_open()
    {
        var sealedText = _box.Seal(Password, "s3cr3t");
        var damaged = sealedText[..^5] + (sealedText[^5] == 'A' ? 'B' : 'A') + sealedText[^4..];

        Assert.ThrowsAny<CryptographicException>(() => new SecretBox(RandomNumberGenerator.GetBytes(SecretKeys.Bytes)).Open(Password, sealedText));
        Assert.ThrowsAny<CryptographicException>(() => _box.Open(Password, damaged));
    }

    [Fact]
    public void While_keys_are_changed_the_old_one_opens_and_the_new_one_seals_again_what_only_the_old_one_opens()
    {
        var (oldKey, newKey) = (RandomNumberGenerator.GetBytes(SecretKeys.Bytes), RandomNumberGenerator.GetBytes(SecretKeys.Bytes));
        var before = new SecretBox(oldKey).Seal(Password, "s3cr3t");
        var both = new SecretBox(newKey, oldKey);

        var resealed = both.Reseal(Password, before);

        Assert.Equal("s3cr3t", both.Open(Password, before));
        Assert.Equal("s3cr3t", new SecretBox(newKey).Open(Password, resealed!));
        Assert.Null(both.Reseal(Password, resealed!));
        Assert.ThrowsAny<CryptographicException>(() => both.Reseal(Password, _box.Seal(Password, "s3cr3t")));
    }

    [Fact]
    public void A_text_of_earlier_releases_opens_with_the_single_secret_and_is_sealed_again_for_its_place()
    {
        var single = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);
        var box = new SecretBox(single);
        var old = OldSeal.Seal(single, OldSeal.Targets, "s3cr3t");

        var anew = box.Reseal(Password, old)!;

        Assert.Equal("s3cr3t", box.Open(Password, old));
        Assert.StartsWith("enc:v2:", anew, StringComparison.Ordinal);
        Assert.Equal("s3cr3t", box.Open(Password, anew));
        Assert.ThrowsAny<CryptographicException>(() => box.Open(SecretPlace.InRow(SecretPurpose.Notifiers, "params", 7), old));
    }

    [Fact]
    public void A_text_that_a_replica_of_the_previous_release_sealed_once_more_is_kept_and_bound_to_its_place()
    {
        var single = RandomNumberGenerator.GetBytes(SecretKeys.Bytes);
        var box = new SecretBox(single);
        var twice = OldSeal.Seal(single, OldSeal.Targets, box.Seal(Password, "s3cr3t"));

        Assert.Equal("s3cr3t", box.Open(Password, twice));
        Assert.Equal("s3cr3t", box.Open(Password, box.Reseal(Password, twice)!));
        Assert.ThrowsAny<CryptographicException>(() => box.Open(SecretPlace.InRow(SecretPurpose.Targets, "body", 7), twice));
    }
}
