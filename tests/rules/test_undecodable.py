"""Undecodable bytes, from the file to the finding and back."""

import pytest

from kanwu.documents.decoding import decode, encode
from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.encoding.undecodable import Undecodable

TEXT = "大会将于十二月在广州举行，来自四十个国家和地区的代表参加。\n"


def findings(data):
    text, encoding = decode(data)
    document = Document(text, encoding=encoding)
    result = run(Undecodable(), document)
    assert encode(result.fixed, encoding) == data
    return result.findings


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "utf-16-be", "big5hkscs"])
def test_sound_files_have_none(codec):
    assert not findings(TEXT.encode(codec, "ignore"))


@pytest.mark.parametrize(
    ("data", "shown", "encoding"),
    [
        (TEXT.encode() + b"\xe5\xb9", "0xE5 0xB9", "UTF-8"),
        (TEXT.encode() + b"\xff" * 20 + TEXT.encode(), " ".join(["0xFF"] * 8) + " …", "UTF-8"),
        (TEXT.encode("gb18030") + b"\xff\n", "0xFF", "GB18030"),
        (TEXT.encode("big5hkscs", "ignore") + b"\xff\n", "0xFF", "Big5"),
        (TEXT.encode("utf-16") + b"\x3d\xd8\n\0", "0x3D 0xD8", "UTF-16LE"),
        (TEXT.encode("utf-16") + b"\x27", "0x27", "UTF-16LE"),
    ],
)
def test_bytes_are_shown(data, shown, encoding):
    (finding,) = findings(data)
    assert str(finding.message).startswith(f"{shown} cannot be decoded as {encoding}:")
    assert finding.evidence == {"count": 1, "bytes": shown, "encoding": encoding}


def test_few_places_are_findings_of_their_own():
    data = b"".join(TEXT.encode() + b"\xff" for _ in range(5))
    assert [f.place.start.line for f in findings(data)] == [2, 3, 4, 5, 6]


def test_many_places_are_one_finding():
    data = b"".join(TEXT.encode() + b"\xe4" for _ in range(50))
    (finding,) = findings(data)
    assert finding.evidence["count"] == 50
    assert str(finding.message).startswith(
        "50 places cannot be decoded as UTF-8, the first of them 0xE4"
    )
    assert [r.place.start.line for r in finding.related] == list(range(3, 23))
