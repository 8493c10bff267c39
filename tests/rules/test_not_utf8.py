"""Files in other encodings than UTF-8, from their bytes to the finding and to what the fix writes."""

import pytest

from kanwu.documents.decoding import decode, encode
from kanwu.documents.document import Document
from kanwu.documents.transcoding import write
from kanwu.testing import run
from kanwu_rules.encoding.not_utf8 import NotUtf8, percent

SIMPLIFIED = "大会将于十二月在广州举行，来自四十个国家和地区的代表参加。\n"
TRADITIONAL = "大會將於十二月在廣州舉行，來自四十個國家和地區的代表參加。\n"
KOREAN = "박람회는 금요일에 개막했으며 이천 명이 넘는 대표가 참가했다.\n"
FRENCH = "Le congrès s'est ouvert vendredi ; près de mille délégués étaient présents.\n"


def result(data):
    text, encoding = decode(data)
    return run(NotUtf8(), Document(text, encoding=encoding))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SIMPLIFIED.encode("gb2312"), "GB18030"),
        (f"{SIMPLIFIED}€".encode("gb18030").replace(b"\xa2\xe3", b"\x80"), "GBK"),
        (TRADITIONAL.encode("big5"), "Big5"),
        (write("euc-tw", TRADITIONAL), "EUC-TW"),
        (SIMPLIFIED.encode("hz"), "HZ"),
        (SIMPLIFIED.encode("utf-16"), "UTF-16LE"),
        (SIMPLIFIED.encode("utf-16-be"), "UTF-16BE"),
        (SIMPLIFIED.encode("utf-32-le"), "UTF-32LE"),
        (SIMPLIFIED.encode("utf-32"), "UTF-32LE"),
    ],
)
def test_what_is_sure_is_converted(data, name):
    text = decode(data).text
    done = result(data)
    (finding,) = done.findings
    assert (finding.evidence["encoding"], finding.fix.safety) == (name, "safe")
    assert finding.message.id == "not-utf8/chinese"
    assert encode(done.fixed, done.encoding) == text.encode()


def test_other_languages_are_named():
    (korean,) = result(KOREAN.encode("euc_kr")).findings
    assert "EUC-KR" in str(korean.message)
    assert "Korean" in str(korean.message)
    (french,) = result(FRENCH.encode("cp1252")).findings
    assert (french.evidence["encoding"], french.fix.safety) == ("Windows-1252", "unsafe")


def test_undecodable_bytes_make_the_fix_unsafe_and_stay():
    done = result(SIMPLIFIED.encode("gb18030") + b"\xff\n" + SIMPLIFIED.encode("gb18030"))
    (finding,) = done.findings
    assert finding.fix.safety == "unsafe"
    written = SIMPLIFIED.encode() + b"\xff\n" + SIMPLIFIED.encode()
    assert encode(done.fixed, done.encoding) == written


def test_undecodable_bytes_that_utf8_would_take_for_text_stop_the_fix():
    text = f"{SIMPLIFIED}\udce5\udcb9\udcbf"
    done = run(NotUtf8(), Document(text, encoding=decode(SIMPLIFIED.encode("gb18030")).encoding))
    assert done.findings[0].fix is None
    (finding,) = result(SIMPLIFIED.encode("utf-16") + b"\x5d").findings
    assert finding.fix is None


def test_two_encodings_in_one_file_are_not_converted_unasked():
    data = (SIMPLIFIED * 200).encode("gb18030") + (SIMPLIFIED * 200).encode()
    (finding,) = result(data).findings
    assert finding.fix.safety == "unsafe"
    assert finding.evidence["confidence"] <= 0.5


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xef\xbb\xbf", SIMPLIFIED.encode(), b"\xff"])
def test_utf8_and_nothing_are_left_alone(data):
    assert not result(data).findings


def test_only_certainty_is_all_of_it():
    assert [percent(c) for c in (1, 0.99996, 0.991, 0.5)] == ["100 %", "99.9 %", "99.1 %", "50 %"]
