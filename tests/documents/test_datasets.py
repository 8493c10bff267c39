"""Rows of a dataset: every text is read once, whatever the parts, and what cannot be read is told."""

import gzip
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.datasets import jsonl
from kanwu.documents.datasets.formats import PART_BYTES, Part, Wanted
from kanwu.documents.datasets.jsonl import JsonLines
from kanwu.documents.datasets.parts import (
    UnreadRows,
    cut,
    documents,
    halved,
    is_dataset,
    rows_of,
)
from kanwu.documents.reading import UnreadableError

WANTED = Wanted(("text",))


def read(path, fields=("text",), size=PART_BYTES):
    """Everything in a dataset: texts by their records, and the rows that give none."""
    wanted = Wanted(fields)
    found = [
        item
        for part in cut(str(path), wanted, size)
        for item in documents(rows_of(str(path), part, wanted), "d")
    ]
    texts = {item.record: item.text for item in found if not isinstance(item, UnreadRows)}
    return texts, [item for item in found if isinstance(item, UnreadRows)]


def put(path, *rows, end=b"\n"):
    path.write_bytes(end.join([*rows, b""]))
    return path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", True),
        ("A.NDJSON", True),
        ("a.jsonl.gz", True),
        ("a.jsonl.zst", True),
        ("a.json", False),
        ("a.parquet", True),
        ("a.parquet.gz", False),
        ("a.txt.gz", False),
        ("jsonl", False),
    ],
)
def test_what_is_a_dataset(name, expected):
    assert is_dataset(name) is expected


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=12),
    size=st.integers(1, 80),
    form=st.tuples(st.sampled_from([b"\n", b"\r\n", b"\n\n"]), st.booleans(), st.booleans()),
)
def test_every_row_is_read_once(tmp_path_factory, texts, size, form):
    end, escaped, packed = form
    name = "d.jsonl.gz" if packed else "d.jsonl"
    rows = [json.dumps({"text": t}, ensure_ascii=escaped).encode() for t in texts]
    data = end.join([*rows, b""])
    path = tmp_path_factory.mktemp("rows") / name
    path.write_bytes(gzip.compress(data) if packed else data)
    found, unread = read(path, size=size)
    step = 2 if end == b"\n\n" else 1
    assert found == {f"{1 + step * number}#text": text for number, text in enumerate(texts)}
    assert unread == []
    several = cut(str(path), WANTED, size)
    assert b"".join(JsonLines().content(str(path), part) for part in several) == data


def test_the_fields_of_a_row(tmp_path):
    path = put(
        tmp_path / "d.jsonl",
        b'{"title": "one", "content": {"body": "two"}, "a.b": "three"}',
        b'{"title": null, "content": {"body": ""}}',
    )
    fields = ("title", "content.body", "a.b")
    assert read(path, fields) == (
        {"1#title": "one", "1#content.body": "two", "1#a.b": "three", "2#content.body": ""},
        [],
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"nonsense", "no JSON"),
        (b'{"text": "broken', "no JSON"),
        (b'"text"', "a text, and an object is expected"),
        (b"[1]", "a list, and an object is expected"),
        (b'{"text": 3}', "“text” holds a number"),
        (b'{"text": ["a"]}', "“text” holds a list"),
        (b'{"txt": "a"}', "its fields are: txt"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(tmp_path, row, reason):
    path = put(tmp_path / "d.jsonl", b'{"text": "a"}', row, b'{"text": "b"}')
    found, (unread,) = read(path)
    assert found == {"1#text": "a", "3#text": "b"}
    assert unread.row == 2
    assert reason in unread.reason


def test_rows_with_one_fault_are_told_together(tmp_path):
    path = put(tmp_path / "d.jsonl", *[b'{"body": "a"}'] * 50)
    found, (unread,) = read(path)
    assert not found
    assert (unread.row, unread.rows) == (1, 50)


def test_what_only_some_readers_take(tmp_path):
    path = put(
        tmp_path / "d.jsonl",
        b'\xef\xbb\xbf{"text": "mark"}',
        b'{"text": "not a number", "score": NaN}',
        b'{"text": "half \\ud83d"}',
        '{"text": "这一行是用另一种编码写成的，读起来仍然是中文。"}'.encode("gb18030"),
        end=b"\r\n",
    )
    found, unread = read(path)
    assert unread == []
    assert list(found.values()) == [
        "mark",
        "not a number",
        "half \ud83d",
        "这一行是用另一种编码写成的，读起来仍然是中文。",
    ]


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_a_packed_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path, packing):
    pack = gzip.compress if packing == "gz" else pytest.importorskip("backports.zstd").compress
    rows = [json.dumps({"text": f"{n * 7919 % 10007} {n}"}).encode() for n in range(20_000)]
    path = tmp_path / f"d.jsonl.{packing}"
    path.write_bytes(pack(b"\n".join(rows))[:-2000])
    texts: list[str] = []

    def read_all():
        for part in cut(str(path), WANTED, 10_000):
            texts.extend(row.texts[0].text for row in rows_of(str(path), part, WANTED))

    with pytest.raises(UnreadableError, match="damaged after row"):
        read_all()
    assert 1000 < len(texts) < 20_000
    assert texts[:100] == [json.loads(row)["text"] for row in rows[:100]]


def test_a_row_that_is_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST_ROW", 1000)
    long = b'{"text": "' + b"x" * 5000 + b'"}'
    path = put(tmp_path / "d.jsonl", b'{"text": "a"}', long, b'{"text": "b"}', b'{"text": "c"}')
    found, (unread,) = read(path, size=100)
    assert found == {"1#text": "a", "3#text": "b", "4#text": "c"}
    assert unread.row == 2
    assert "5,013 bytes long" in unread.reason


def test_utf16_is_refused(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_bytes('{"text": "a"}\n'.encode("utf-16"))
    with pytest.raises(UnreadableError, match="UTF-16"):
        list(cut(str(path), WANTED))


def test_a_file_that_becomes_shorter_is_told(tmp_path):
    path = put(tmp_path / "d.jsonl", b'{"text": "a"}')
    with pytest.raises(UnreadableError, match="shorter"):
        JsonLines().content(str(path), Part(1, 0, 100))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(UnreadableError, match="must be a file"):
        read(tmp_path / "a.jsonl")


def test_where_rows_come_from(tmp_path):
    rows = [
        {"text": "a", "source": "新闻", "meta": {"site": "a.cn", "n": 3}, "b.c": True},
        {"text": None, "source": None, "meta": 0.5, "b.c": [1]},
        {"text": "c"},
    ]
    path = str(put(tmp_path / "d.jsonl", *(json.dumps(row).encode() for row in rows)))

    def sources(field):
        wanted = Wanted(("text",), source_field=field)
        return [row.source for part in cut(path, wanted) for row in rows_of(path, part, wanted)]

    assert sources(None) == [None] * 3
    assert sources("source") == ["新闻", "", ""]
    assert sources("meta.site") == ["a.cn", "", ""]
    assert sources("meta.n") == ["3", "", ""]
    assert sources("meta") == ['{"site": "a.cn", "n": 3}', "0.5", ""]
    assert sources("b.c") == ["true", "[1]", ""]


@pytest.mark.parametrize("name", ["d.jsonl", "d.jsonl.gz"])
def test_halves_of_halves_are_rows(tmp_path, name):
    lines = [b'{"text": "%d"}' % n for n in range(1, 8)]
    data = b"\n".join([*lines[:3], b"", *lines[3:], b""])
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (part,) = cut(str(path), WANTED)
    assert halves_of(str(path), part) == [[(n, str(n))] for n in (1, 2, 3)] + [
        [(n + 1, str(n))] for n in (4, 5, 6, 7)
    ]
    assert halved(str(path), part._replace(fault="damaged")) is None


def halves_of(path, part):
    """The rows of the parts that cannot be halved; a blank line is none."""
    both = halved(path, part)
    if both is None:
        rows = rows_of(path, part, WANTED)
        return [[(row.number, row.texts[0].text) for row in rows]] if rows else []
    return [found for one in both for found in halves_of(path, one)]
