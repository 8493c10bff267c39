"""A row with another text in a field: the literal is another one, and nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.datasets.rewriting import RewritingError, rewritten
from kanwu.documents.decoding import UTF8
from kanwu.documents.document import Encoding


@pytest.mark.parametrize(
    ("row", "texts", "expected"),
    [
        (
            '{ "id" : 1 ,"text":"他说,好。" , "x": [ 1.50, NaN ] }\r',
            {"text": "他说，好。"},
            '{ "id" : 1 ,"text":"他说，好。" , "x": [ 1.50, NaN ] }\r',
        ),
        (
            r'{"text": "\u4ed6\u8bf4,\u597d \ud83d\ude00"}',
            {"text": "他说，好 😀"},
            r'{"text": "\u4ed6\u8bf4\uff0c\u597d \ud83d\ude00"}',
        ),
        (
            r'{"text": "\u4ED6\u8BF4,\u597D"}',
            {"text": "他说，好\x01"},
            r'{"text": "\u4ED6\u8BF4\uFF0C\u597D\u0001"}',
        ),
        (
            r'{"text": "他说,\/ \u3000 \ud83d好"}',
            {"text": "他说，/ \u3000 \ud83d好"},
            r'{"text": "他说，\/ \u3000 \ud83d好"}',
        ),
        (
            '{"a": {"b": "一", "c": "二"}, "a.b": 3}',
            {"a.c": "三"},
            '{"a": {"b": "一", "c": "三"}, "a.b": 3}',
        ),
        (
            '{"text": "一", "title": "二", "text": "三"}',
            {"text": "四", "title": "五"},
            '{"text": "一", "title": "五", "text": "四"}',
        ),
    ],
)
def test_only_the_literal_changes(row, texts, expected):
    assert rewritten(row.encode(), texts, UTF8).decode() == expected


@given(
    texts=st.tuples(st.text(), st.text()),
    ascii_only=st.booleans(),
    beside=st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.booleans())),
)
def test_what_is_written_is_read_again(texts, ascii_only, beside):
    old, new = texts
    row = {**beside, "text": old, "z": 1}
    line = json.dumps(row, ensure_ascii=ascii_only).encode()
    written = rewritten(line, {"text": new}, UTF8)
    assert json.loads(written) == {**row, "text": new}
    assert list(json.loads(written)) == list(row)
    assert b"\n" not in written
    if ascii_only:
        assert written.isascii()


def test_a_row_in_another_encoding_keeps_it_until_a_fix_says_so():
    row = '{"text": "这一行是用另一种编码写成的,读起来仍然是中文。"}'
    new = {"text": "这一行是用另一种编码写成的，读起来仍然是中文。"}
    expected = row.replace(",", "，")
    gbk = Encoding("gb18030")
    assert rewritten(row.encode("gb18030"), new, gbk) == expected.encode("gb18030")
    assert rewritten(row.encode("gb18030"), new, UTF8) == expected.encode()


def test_a_mark_is_a_matter_of_the_encoding():
    row = '\ufeff{"text": "一"}'.encode()
    marked = Encoding("utf-8", b"\xef\xbb\xbf")
    assert rewritten(row, {"text": "二"}, marked).decode() == '\ufeff{"text": "二"}'
    assert rewritten(row, {"text": "二"}, UTF8).decode() == '{"text": "二"}'


def test_bytes_that_are_none_stay():
    row = '{"text": "他说,好,这一行里有一个坏字节：'.encode() + b'\xff"}'
    new = {"text": "他说，好，这一行里有一个坏字节：\udcff"}
    assert rewritten(row, new, UTF8) == row.replace(b",", "，".encode())


def test_what_is_no_object_is_refused():
    with pytest.raises(RewritingError):
        rewritten(b"[1]", {"text": "a"}, UTF8)
