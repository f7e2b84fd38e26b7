using System.Security.Cryptography;
using Skypunch.ServiceDefaults.Secrets;

namespace Skypunch.UnitTests.Hosting;

public sealed class SecretBoxTests
{
    private readonly SecretBox _box = new(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));

    [Theory]
    [InlineData("user=me,password=s3cr3t")]
    [InlineData("pässwörd 密码")]
    [InlineData("")]
    public void What_is_sealed_opens_again(string plain)
    {
        var box = _box.Seal(SecretBox.TargetPurpose, plain);

        Assert.True(SecretBox.IsSealed(box));
        Assert.Equal(plain, _box.Open(SecretBox.TargetPurpose, box));
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time_and_never_shown()
    {
        var first = _box.Seal(SecretBox.TargetPurpose, "s3cr3t");

        Assert.NotEqual(first, _box.Seal(SecretBox.TargetPurpose, "s3cr3t"));
        Assert.DoesNotContain("s3cr3t", first);
    }

    [Fact]
    public void Another_purpose_another_key_and_a_damaged_box_do_not_open()
    {
        var box = _box.Seal(SecretBox.TargetPurpose, "s3cr3t");
        var other = new SecretBox(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));
        var damaged = box[..^4] + (box[^4] == 'A' ? 'B' : 'A') + box[^3..];

        Assert.ThrowsAny<CryptographicException>(() => _box.Open(SecretBox.NotifierPurpose, box));
        Assert.ThrowsAny<CryptographicException>(() => other.Open(SecretBox.TargetPurpose, box));
        Assert.ThrowsAny<CryptographicException>(() => _box.Open(SecretBox.TargetPurpose, damaged));
        Assert.ThrowsAny<CryptographicException>(() => _box.Open(SecretBox.TargetPurpose, "enc:v1:"));
        Assert.ThrowsAny<CryptographicException>(() => _box.Open(SecretBox.TargetPurpose, "enc:v1:not base64"));
    }

    [Fact]
    public void While_keys_are_changed_the_second_one_opens_and_the_first_one_seals()
    {
        var (oldKey, newKey) = (RandomNumberGenerator.GetBytes(SecretBox.KeyBytes), RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));
        var before = new SecretBox(oldKey).Seal(SecretBox.TargetPurpose, "s3cr3t");
        var both = new SecretBox(newKey, oldKey);

        var resealed = both.Reseal(SecretBox.TargetPurpose, before);

        Assert.Equal("s3cr3t", both.Open(SecretBox.TargetPurpose, before));
        Assert.Equal("s3cr3t", new SecretBox(newKey).Open(SecretBox.TargetPurpose, resealed!));
        Assert.Null(both.Reseal(SecretBox.TargetPurpose, resealed!));
        Assert.ThrowsAny<CryptographicException>(() => both.Open(SecretBox.NotifierPurpose, before));
        Assert.ThrowsAny<CryptographicException>(() => both.Reseal(SecretBox.TargetPurpose, _box.Seal(SecretBox.TargetPurpose, "s3cr3t")));
    }
}
