"""What the rules on encoding say to inputs that are bad in an unusual way: something clear, or nothing."""

import pytest

import kanwu


def names(text):
    return {finding.name for finding in kanwu.check_text(text, select=["ENC"])}


def as_read(data):
    """Bytes as the reader hands them to the rules when they are not UTF-8."""
    return data.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "data",
    [
        "前半篇是一种编码。\n".encode() + "后半篇是另一种编码，接在一起。\n".encode("gbk"),
        "表情".encode() + b"\xed\xa0\xbd\xed\xb8\x80" + "写成了代理对。".encode(),
        "过长".encode() + b"\xc0\xaf\xe0\x80\xaf" + "的形式。".encode(),
    ],
    ids=["half GBK", "CESU-8", "overlong"],
)
def test_bytes_that_are_no_text_are_shown_and_kept(data):
    text = as_read(data)
    assert "undecodable" in names(text)
    fixed = kanwu.fix_text(text, select=["ENC"])
    assert fixed.encode("utf-8", "surrogateescape") == data


def test_lone_surrogates_do_no_harm():
    text = "开头\ud83d中间\ude00结尾，没有别的。"
    names(text)
    assert kanwu.fix_text(text, select=["ENC"]) == text


def test_nothing_but_lost_characters_is_one_finding():
    found = kanwu.check_text("\ufffd" * 200_000, select=["ENC"])
    assert [finding.name for finding in found] == ["replacement-character"]


@pytest.mark.parametrize(
    "text",
    [
        "网页上的“锟斤拷”是一种乱码，“烫烫烫”也是。",
        "乱码小史：UTF-8 读成 GBK，就有了锟斤拷锟斤拷；调试器里则是烫烫烫烫和屯屯屯。",
        "encoding 编码\ncharacter set 字符集\nmojibake 乱码\ncode point 码位\nbyte order 字节序",
        "+DSS\\ 1HZ <HDU WR HYHU\\RQH",
        "日本語の文章です。東京都千代田区霞が関で、憂鬱な薔薇を見た。",
        "모든 인간은 태어날 때부터 자유로우며 존엄하다.",
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
        "Dès Noël, où un zéphyr haï me vêt de glaçons würmiens, je dîne d’exquis rôtis.",
        "一家三口👨‍👩‍👧来了❤️，👍🏽好！1️⃣",
        "阿拉伯语“\u202bمرحبا\u202c”，希伯来语 שלום\u200f!",
        "设 ∀ε>0，∃δ>0，∑ᵢ₌₁ⁿ aᵢ² ≤ ∫₀^∞ e⁻ˣ dx，α×β÷γ±½。",
        "国际音标：[ˈtʃaɪnə]、[pʰu˨˩˦]、[ŋœ̃]、ɕiɛ̯n",
        "2H₂O ⇌ H₃O⁺ + OH⁻，Fe³⁺ 与 SCN⁻ 显红色。",
    ],
)
def test_sound_text_is_left_alone(text):
    assert not names(text)


def test_characters_of_a_font_are_told_and_left():
    text = "正文的字体把 \ue001\ue002\ue003\ue004\ue005 画成文字。"
    assert names(text) <= {"private-use-character"}
    assert kanwu.fix_text(text, select=["ENC"]) == text
