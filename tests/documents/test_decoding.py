"""Reading bytes: every encoding is told from every other, and every byte comes back."""

import codecs
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.decoding import decode, encode, looks_binary
from kanwu.documents.document import Encoding

SIMPLIFIED = (
    "大会将于十二月在广州举行，来自四十个国家和地区的两千多名代表参加。\n"
    "记者了解到，今年的项目比去年增加了三成，其中生物医药和人工智能最多。\n"
)
TRADITIONAL = (
    "大會將於十二月在廣州舉行，來自四十個國家和地區的兩千多名代表參加。\n"
    "記者瞭解到，今年的項目比去年增加了三成，其中生物醫藥和人工智慧最多。\n"
)
ENGLISH = "The fair opened on Friday; more than 2,000 delegates came.\r\n"
RUSSIAN = "Выставка открылась в пятницу, приехали более двух тысяч делегатов.\n"
KOREAN = "박람회는 금요일에 개막했으며 이천 명이 넘는 대표가 참가했다. 올해는 작년보다 늘었다.\n"
JAPANESE = (
    "博覧会は金曜日に開幕し、二千人を超える代表が参加しました。今年は昨年より増えています。\n"
)
FRENCH = (
    "Le congrès s'est ouvert vendredi à Genève ; près de deux mille délégués étaient présents.\n"
)

ENCODINGS = {
    "gb18030": SIMPLIFIED,
    "big5hkscs": TRADITIONAL,
    "utf-16-le": SIMPLIFIED,
    "utf-16-be": TRADITIONAL,
}


def told(data):
    """The text of some bytes, and in which encoding they are."""
    text, encoding = decode(data)
    return text, encoding.codec, encoding.bom


def damage(data, cuts):
    """The bytes with some of them dropped or replaced, and others put in."""
    damaged = bytearray(data)
    for place, dropped, new in cuts:
        at = place % (len(damaged) + 1)
        damaged[at : at + dropped] = new
    return bytes(damaged)


DAMAGE = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 2), st.binary(max_size=2)), max_size=6
)
READINGS = st.sampled_from(
    [
        (text, codec)
        for text in (SIMPLIFIED, TRADITIONAL, ENGLISH)
        for codec in ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-be", "utf-32")
    ]
)


@settings(deadline=None)  # the first of them loads the tables
@given(st.binary(max_size=80))
def test_any_bytes_come_back(data):
    assert encode(*decode(data)) == data


@settings(deadline=None)
@given(st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"]), st.binary())
def test_any_bytes_after_a_mark_come_back(mark, data):
    assert encode(*decode(mark + data)) == mark + data


@settings(deadline=None)
@given(READINGS, DAMAGE)
def test_damaged_text_comes_back(reading, cuts):
    text, codec = reading
    data = damage(text.encode(codec, "ignore"), cuts)
    assert encode(*decode(data)) == data
    assert not looks_binary(data) or b"\0" in data


def test_utf8_needs_no_guess():
    assert decode(SIMPLIFIED.encode()) == (SIMPLIFIED, Encoding("utf-8", b""))
    assert decode(b"") == ("", Encoding("utf-8", b""))


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [SIMPLIFIED, ENGLISH, "", "\ufeff第二个标记"],
    ids=["chinese", "english", "empty", "two marks"],
)
def test_byte_order_mark(mark, codec, text):
    assert decode(mark + text.encode(codec)) == (text, Encoding(codec, mark))


def test_utf16_that_begins_with_nul_is_not_utf32():
    data = codecs.BOM_UTF16_LE + f"\0{SIMPLIFIED}".encode("utf-16-le")
    assert decode(data) == (f"\0{SIMPLIFIED}", Encoding("utf-16-le", codecs.BOM_UTF16_LE))


def test_mark_of_utf8_before_something_else():
    data = codecs.BOM_UTF8 + SIMPLIFIED.encode("gb18030")
    assert told(data) == (SIMPLIFIED, "gb18030", codecs.BOM_UTF8)


@pytest.mark.parametrize("codec", ENCODINGS)
@pytest.mark.parametrize("size", [20, 50, 120])
def test_encoding_without_mark(codec, size):
    data = ENCODINGS[codec].encode(codec)
    for start in range(0, len(data) - size, 2):
        # Cut at the beginning of a character.
        prefix = data[:start].decode(codec, "ignore").encode(codec)
        piece = data[len(prefix) : len(prefix) + size]
        assert decode(piece).encoding.codec == codec, piece.decode(codec, "replace")


def test_ascii_in_utf16():
    assert told(ENGLISH.encode("utf-16-le")) == (ENGLISH, "utf-16-le", b"")


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_long_ascii_before_the_first_chinese(codec):
    text = ENGLISH * 1000 + ENCODINGS[codec]
    assert told(text.encode(codec)) == (text, codec, b"")


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize("byte", [0x80, 0xB0, 0xE4, 0xFF])
def test_utf8_with_bad_bytes_stays_utf8(text, byte):
    data = text.encode()
    for at in range(0, len(data), 7):
        decoded = decode(data[:at] + bytes([byte]) + data[at + 1 :])
        assert decoded.encoding.codec == "utf-8"


def test_bad_bytes_are_lone_surrogates():
    assert (
        decode("广州\n".encode() + b"\xff\xb9" + "举行".encode()).text == "广州\n\udcff\udcb9举行"
    )
    assert decode("大会将于十二月".encode("gb18030") + b"\xff\n").text == "大会将于十二月\udcff\n"
    lone = codecs.BOM_UTF16_LE + "广".encode("utf-16-le") + b"\x3d\xd8" + "州".encode("utf-16-le")
    assert decode(lone).text == "广\udc3d\udcd8州"
    assert decode(codecs.BOM_UTF16_BE + "广".encode("utf-16-be") + b"\x5d").text == "广\udc5d"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "cp949"),
        (FRENCH, "cp1252"),
        ("Ein Mädchen aus München.", "cp1252"),
        ("el señor Ramírez", "cp1252"),
    ],
)
def test_other_languages_are_told(text, codec):
    assert told(text.encode(codec)) == (text, codec, b"")


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5", "cp866"])
def test_other_languages_are_not_made_chinese(codec):
    data = RUSSIAN.encode(codec)
    assert decode(data).encoding.codec == "utf-8"
    assert encode(*decode(data)) == data


def test_second_codes_of_big5():
    """What the codec would write in another way than it was is undecodable."""
    twice = []
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            code = bytes((lead, trail))
            try:
                character = code.decode("big5hkscs")
            except UnicodeDecodeError:
                continue
            if character.encode("big5hkscs") != code:
                twice.append((code, character))
    assert len(twice) == 12
    data = TRADITIONAL.encode("big5hkscs")
    for code, _ in twice:
        decoded = decode(data + code + data)
        assert decoded.encoding.codec == "big5hkscs"
        escaped = code.decode("ascii", "surrogateescape")
        assert decoded.text == TRADITIONAL + escaped + TRADITIONAL


def test_encode_says_what_an_encoding_lacks():
    with pytest.raises(UnicodeEncodeError):
        encode("สวัสดี", Encoding("big5hkscs"))
    with pytest.raises(UnicodeEncodeError):
        encode("\udc80สวัสดี", Encoding("big5hkscs"))


@pytest.mark.parametrize("codec", [*ENCODINGS, "utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    "text",
    [SIMPLIFIED, TRADITIONAL, f"{SIMPLIFIED}\0\0{SIMPLIFIED}"],
    ids=["simplified", "traditional", "stray NULs"],
)
def test_text_is_text(codec, text):
    assert not looks_binary(text.encode(codec, "ignore"))


@pytest.mark.parametrize("data", [b"", b"\0", b"\x1b[1mkanwu\x1b[0m\n", b"N\bNA\bAM\bME\bE\n\0"])
def test_odd_text_is_text(data):
    assert not looks_binary(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0",
        b"PK\x03\x04\x14\0\0\0\x08\0\x21\x58\x8c\x5a" + zlib.compress(SIMPLIFIED.encode() * 3),
        b"%PDF-1.4\n" + b"0000000015 00000 n\n" * 400 + bytes(range(256)) * 100,
        b"\0" * 5000,
    ],
    ids=["png", "elf", "zip", "pdf", "zeros"],
)
def test_binary(data):
    assert looks_binary(data)
