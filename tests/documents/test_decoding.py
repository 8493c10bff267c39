"""Reading bytes: every encoding is told from every other, and every byte comes back."""

import codecs
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents import euc_tw, hz
from kanwu.documents.decoding import UTF8, decode, encode, looks_binary
from kanwu.documents.document import Encoding
from kanwu.documents.transcoding import read, write

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
    "euc-tw": TRADITIONAL,
    "utf-16-le": SIMPLIFIED,
    "utf-16-be": TRADITIONAL,
    "utf-32-le": TRADITIONAL,
    "utf-32-be": SIMPLIFIED,
}


def told(data):
    """The text of some bytes, and in which encoding they are."""
    text, encoding = decode(data)
    return text, encoding.codec, encoding.bom


def has(codec, character):
    """Whether an encoding has a character."""
    try:
        write(codec, character)
    except UnicodeEncodeError:
        return False
    return True


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
    codes = [write(codec, character) for character in ENCODINGS[codec]]
    for start in range(0, len(codes), 5):
        piece = b"".join(codes[start:])[:size]
        if len(piece) == size:
            assert decode(piece).encoding.codec == codec, read(codec, piece)


def test_ascii_in_utf16():
    assert told(ENGLISH.encode("utf-16-le")) == (ENGLISH, "utf-16-le", b"")


@pytest.mark.parametrize("codec", ENCODINGS)
def test_a_character_cut_at_either_end_is_no_obstacle(codec):
    data = write(codec, ENCODINGS[codec])
    for start in range(1, 40):
        piece = data[start : start + 90]
        text, encoding = decode(piece)
        assert encoding.codec == codec
        assert encode(text, encoding) == piece
        # Half a character may take some bytes of the next.
        assert text[3:-4] in ENCODINGS[codec]


def test_the_first_byte_of_a_cut_character_is_undecodable():
    assert decode(SIMPLIFIED.encode("gb18030")[1:]).text == f"\udcf3{SIMPLIFIED[1:]}"


@pytest.mark.parametrize(
    "text", [SIMPLIFIED, ENGLISH + SIMPLIFIED, "约~三成\n"], ids=["zh", "en", "~"]
)
def test_hz(text):
    assert told(text.encode("hz")) == (text, "hz", b"")


@pytest.mark.parametrize(
    "data",
    [b"~", b"~{", b"Fig.~{a} and ~{b~}", b"~{!!~}~{!!~}", b"~{<:Ky2;", b"a~\nb", b"~{~}"],
)
def test_ascii_with_the_marks_of_hz_is_ascii(data):
    assert decode(data) == (data.decode(), Encoding())
    assert hz.write(hz.read(data)) in {data, data.replace(b"~}~{", b"")}


def test_the_euro_sign_of_windows():
    text = f"{SIMPLIFIED}门票每张€12。\n"
    data = text.encode("gb18030").replace(b"\xa2\xe3", b"\x80")
    assert told(data) == (text, "gb18030-euro", b"")
    both = data + "€".encode("gb18030")
    assert told(both) == (f"{text}€".replace("€", "\udc80", 1), "gb18030", b"")
    assert encode(*decode(both)) == both


def test_four_byte_characters_of_gb18030():
    text = f"{SIMPLIFIED}𠮷、㐀与Ŝ。"
    assert told(text.encode("gb18030")) == (text, "gb18030", b"")


def test_hong_kong_characters_of_big5():
    text = f"{TRADITIONAL}佢哋喺屋企食嘢，啲餸好好味。"
    assert told(text.encode("big5hkscs")) == (text, "big5hkscs", b"")


def test_every_character_of_euc_tw_comes_back():
    characters = "".join(euc_tw.encoding())
    assert len(characters) == len(set(characters)) == 13_517
    assert euc_tw.read(euc_tw.write(characters)) == characters
    assert euc_tw.write("一乙丁") == b"\xc4\xa1\xc4\xa2\xc4\xa3"
    assert euc_tw.write("乂") == b"\x8e\xa2\xa1\xa1"


def test_confidence():
    assert decode(SIMPLIFIED.encode("gb18030")).encoding.confidence > 0.999
    assert decode(SIMPLIFIED.encode("utf-16")).encoding.confidence == 1
    assert decode("重庆".encode("gb18030")).encoding.confidence < 1


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


@settings(deadline=None)
@given(st.integers(0, len(SIMPLIFIED)), st.integers(0x80, 0xFF), st.sampled_from([50, 200, 1000]))
def test_one_bad_byte_stands_where_it_was(at, byte, size):
    head, tail = SIMPLIFIED[:at] * (size // 50), SIMPLIFIED[at:]
    text, encoding = decode(head.encode() + bytes([byte]) + tail.encode())
    assert (text, encoding) == (f"{head}{chr(0xDC00 + byte)}{tail}", Encoding())


@pytest.mark.parametrize(
    "bad",
    [
        "\ud83d\ude00".encode("utf-8", "surrogatepass"),
        "\ud83d".encode("utf-8", "surrogatepass"),
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf5\x80\x80\x80",
        b"\xf0\x9f\x98",
    ],
    ids=["cesu", "lone surrogate", "overlong", "overlong of three", "beyond Unicode", "cut"],
)
def test_ill_formed_utf8(bad):
    data = SIMPLIFIED.encode() + bad + SIMPLIFIED.encode()
    shown = bad.decode("ascii", "surrogateescape")
    assert decode(data) == (SIMPLIFIED + shown + SIMPLIFIED, Encoding())


@pytest.mark.parametrize("first", ["gb18030", "utf-8"])
@pytest.mark.parametrize("times", [1, 200])
def test_file_of_two_halves_is_never_sure(first, times):
    second = "utf-8" if first == "gb18030" else "gb18030"
    data = (SIMPLIFIED * times).encode(first) + (SIMPLIFIED * times).encode(second)
    text, encoding = decode(data)
    assert encode(text, encoding) == data
    if encoding.codec == "utf-8":
        assert text.count("\udcb4") >= times
    else:
        assert encoding.confidence <= 0.5


def test_ten_megabytes_of_replacement_characters():
    text = "\ufffd" * 3_500_000
    assert decode(text.encode()) == (text, UTF8)


@pytest.mark.parametrize("data", [b"\xff", b"\x80\x80", b"\0\xff", b"\xff\xfe\xff", b"\0" * 3])
def test_next_to_nothing(data):
    assert encode(*decode(data)) == data


def test_bad_bytes_are_lone_surrogates():
    assert (
        decode("广州\n".encode() + b"\xff\xb9" + "举行".encode()).text == "广州\n\udcff\udcb9举行"
    )
    assert decode("大会将于十二月".encode("gb18030") + b"\xff\n").text == "大会将于十二月\udcff\n"
    odd = "广州".encode("utf-16-le") + b"\x5d"
    assert decode(codecs.BOM_UTF16_LE + odd).text == "广州\udc5d"
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
            if write("big5hkscs", character) != code:
                twice.append((code, character))
    assert len(twice) == 12
    data = TRADITIONAL.encode("big5hkscs")
    for code, _ in twice:
        decoded = decode(data + code + data)
        assert decoded.encoding.codec == "big5hkscs"
        slash = {b"\xa2\x41": "∕", b"\xa2\x42": "﹨"}.get(code)
        shown = slash or code.decode("ascii", "surrogateescape")
        assert decoded.text == TRADITIONAL + shown + TRADITIONAL
        assert encode(*decoded) == data + code + data


def test_slashes_of_big5_are_those_of_windows():
    text = f"{TRADITIONAL}攝影／文字＼表格╭═╮\n"
    assert told(text.encode("cp950")) == (text, "big5hkscs", b"")


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
    assert not looks_binary(write(codec, "".join(c for c in text if has(codec, c))))


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
