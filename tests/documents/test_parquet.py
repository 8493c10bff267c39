"""Parquet: every text is read once, and a copy differs from its source in nothing but what was asked for."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.datasets import formats, parquet
from kanwu.documents.datasets.formats import PART_BYTES, RowEdit, Text, Wanted
from kanwu.documents.datasets.parquet import Parquet
from kanwu.documents.datasets.parts import cut, halved, rows_of
from kanwu.documents.document import Encoding
from kanwu.documents.reading import UnreadableError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

WANTED = Wanted(("text",))
TEXTS = ("甲", "乙", None, "", "他说,好。", "丁" * 40)


def put(path, table, **how):
    pq.write_table(table, path, **how)
    return str(path)


def read(path, wanted=WANTED, size=PART_BYTES):
    """The rows of a file, and why some could not be read."""
    rows, faults = [], []
    for part in cut(path, wanted, size):
        try:
            rows += rows_of(path, part, wanted)
        except UnreadableError as error:
            faults.append(str(error))
    return rows, faults


def texts(rows):
    return {row.number: tuple(text.text for text in row.texts) for row in rows}


def copied(path, edits=(), wanted=WANTED):
    target = f"{path}.copy.parquet"
    left = list(Parquet().copy(path, target, iter(edits), wanted))
    return target, left


def new(**fields):
    return Parquet().rewritten(
        formats.Row(1), [Text(field.replace("__", "."), text) for field, text in fields.items()]
    )


def chunks(path):
    about = pq.ParquetFile(path).metadata
    return [
        [
            (chunk.path_in_schema, chunk.compression, chunk.has_dictionary_page)
            for chunk in (group.column(i) for i in range(group.num_columns))
        ]
        for group in (about.row_group(i) for i in range(about.num_row_groups))
    ]


KINDS = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.binary(),
    pa.large_binary(),
]
ROWS = 6
BESIDE = {
    "small": pa.array([1, None, 3, -4, 5, 6], pa.int8()),
    "large": pa.array([2**64 - 1, None, 3, 4, 5, 6], pa.uint64()),
    "float": pa.array([1.5, None, float("inf"), -0.0, 5, 6]),
    "short": pa.array([1.5, None, 0, 4, 5, 6], pa.float16()),
    "flag": pa.array([True, None, False, True, None, None]),
    "bytes": pa.array([b"\xff\0", None, b"", b"c", b"d", b"e"]),
    "fixed": pa.array([b"abc", None, b"def", b"ghi", b"jkl", b"mno"], pa.binary(3)),
    "day": pa.array([1, None, -3, 40_000, 5, 6], pa.int32()).cast(pa.date32()),
    "moment": pa.array([1, None, 3, 4, 5, 2**52], pa.timestamp("ns", "Asia/Shanghai")),
    "money": pa.array([1, None, 3, 4, 5, 6], pa.decimal128(12, 3)),
    "nothing": pa.nulls(ROWS),
    "list": pa.array([["甲", None], None, [], ["乙"], [], []]),
    "lists": pa.array(
        [[[1], None], None, [], [[]], [[2, 3]], None], pa.list_(pa.list_(pa.int16()))
    ),
    "map": pa.array(
        [[("k", 1)], None, [], [("k", None)], [], []], pa.map_(pa.string(), pa.int64())
    ),
    "struct": pa.array([{"a": {"b": [1]}, "乙": "x"}, None, {"a": None, "乙": None}] * 2),
    "coded": pa.array(["甲", None, "乙", "甲", "甲", "乙"]).dictionary_encode(),
    "a.b": pa.array(range(ROWS)),
    "json": pa.ExtensionArray.from_storage(pa.json_(), pa.array(['{"a": 1}', None] * 3)),
}


def plain(column):
    """A column without the dictionary that its values may lie in."""
    coded = pa.types.is_dictionary(column.type)
    return column.cast(column.type.value_type) if coded else column


def text_column(own, kind):
    return (
        pa.array(own, pa.string()).cast(kind)
        if kind != KINDS[3]
        else (pa.array(own, pa.string()).dictionary_encode().cast(kind))
    )


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_copy_is_equal_but_for_what_was_asked_for(tmp_path_factory, data):
    pick = data.draw
    own = pick(st.lists(st.sampled_from(TEXTS), min_size=ROWS, max_size=ROWS))
    beside = pick(st.lists(st.sampled_from(sorted(BESIDE)), unique=True, max_size=5))
    table = pa.table(
        {"text": text_column(own, pick(st.sampled_from(KINDS)))}
        | {name: BESIDE[name] for name in beside}
    ).replace_schema_metadata({"pandas": "{}", "own": "值"})
    path = put(
        tmp_path_factory.mktemp("tables") / "t.parquet",
        table,
        row_group_size=pick(st.integers(1, ROWS)),
        compression=pick(st.sampled_from(["zstd", "snappy", "gzip", "none"])),
        use_dictionary=pick(st.booleans()),
        store_schema=pick(st.booleans()),
    )
    there = [number for number, text in enumerate(own) if text is not None]
    changed = pick(st.sets(st.sampled_from(there))) if there else set()
    dropped = pick(st.sets(st.integers(0, ROWS - 1), max_size=2))
    edits = [
        RowEdit(n + 1, new(text="新,的") if n in changed else None, left_out=n in dropped)
        for n in sorted(changed | dropped)
    ]
    target, left = copied(path, edits)
    source, copy = pq.read_table(path), pq.read_table(target)
    assert copy.schema.equals(source.schema, check_metadata=True)
    kept = [n for n in range(ROWS) if n not in dropped]
    for number, row in enumerate(kept):
        one, other = copy.slice(number, 1), source.slice(row, 1)
        assert [*map(plain, one.columns[1:])] == [*map(plain, other.columns[1:])]
        assert row in changed or plain(one.column("text")) == plain(other.column("text"))
    assert [row.number for row in left] == [n + 1 for n in sorted(dropped)]
    assert all(set(json.loads(row.row)) == {"text", *beside} for row in left)
    told = [one[0] for one in texts(read(target)[0]).values() if any(one)]
    assert told == ["新,的" if n in changed else own[n] for n in kept if n in changed or own[n]]
    if not edits:
        assert chunks(target) == chunks(path)
    before = Path(target).read_bytes()
    assert Path(copied(path, edits)[0]).read_bytes() == before


def test_rows_have_numbers_through_row_groups_and_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "MOST_ROWS", 7)
    own = [f"第{n}行" for n in range(100)]
    path = put(tmp_path / "t.parquet", pa.table({"text": own, "n": range(100)}), row_group_size=30)
    for size in (1, 50, PART_BYTES):
        rows, faults = read(path, size=size)
        assert texts(rows) == {n + 1: (text,) for n, text in enumerate(own)}
        assert faults == []
    target, left = copied(path, [RowEdit(n, None, left_out=True) for n in range(25, 61)])
    assert [row.number for row in left] == list(range(25, 61))
    # The second row group is left out as a whole.
    assert [len(pq.ParquetFile(target).read_row_group(n)) for n in range(3)] == [24, 30, 10]


def test_nested_and_several_fields(tmp_path):
    table = pa.table(
        {
            "content": [
                {"body": "甲", "n": 1},
                None,
                {"body": None, "n": 2},
                {"body": "丁", "n": 3},
            ],
            "title": ["一", "二", None, "四"],
            "content.title": ["壹", None, None, None],
            "id": pa.array([7, None, 2**60, 9]),
        }
    )
    path = put(tmp_path / "t.parquet", table)
    wanted = Wanted(("title", "content.body", "content.title", "absent"), "id")
    rows, _ = read(path, wanted)
    assert texts(rows) == {1: ("一", "甲", "壹"), 2: ("二",), 3: (), 4: ("四", "丁")}
    assert [row.row_id for row in rows] == ["7", "null", str(2**60), "9"]
    edit = new(content__body="新", title="题")
    target, _ = copied(path, [RowEdit(4, edit)], wanted)
    expected = table.to_pylist()
    expected[3] |= {"content": {"body": "新", "n": 3}, "title": "题"}
    assert pq.read_table(target).to_pylist() == expected
    (left,) = copied(path, [RowEdit(4, edit, left_out=True)], wanted)[1]
    assert (left.row_id, json.loads(left.row)) == ("9", expected[3])


def test_texts_in_other_encodings_stay_what_they_are(tmp_path):
    other = "这一行是用另一种编码写成的，读起来仍然是中文。"
    bad = "这里有一个坏的字节".encode() + b"\xff" + "，别的都是好的。".encode()
    values = [other.encode("gb18030"), "好".encode(), bad]
    column = pa.array(values).view(pa.string())
    path = put(tmp_path / "t.parquet", pa.table({"text": column}))
    rows, _ = read(path)
    assert texts(rows)[1] == (other,)
    assert rows[0].texts[0].encoding.codec == "gb18030"
    assert rows[2].texts[0].text.encode("utf-8", "surrogateescape") == bad
    edits = [RowEdit(row.number, Parquet().rewritten(row, row.texts)) for row in rows]
    target, _ = copied(path, edits)
    assert pq.read_table(target).column("text").cast(pa.binary()).to_pylist() == values
    with pytest.raises(UnicodeEncodeError):
        Parquet().rewritten(rows[0], [Text("text", "一\ud83d", Encoding("gb18030"))])
    (left,) = copied(path, [RowEdit(1, None, left_out=True)])[1]
    assert json.loads(left.row) == {"text": other}


def test_bytes_that_are_no_text(tmp_path):
    image = bytes(range(256)) * 8
    path = put(tmp_path / "t.parquet", pa.table({"text": [b"text", image]}))
    rows, _ = read(path)
    assert rows[0].texts[0].text == "text"
    assert rows[1].fault == "its field “text” holds binary data, and a text is expected"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (pa.table({"body": ["a"], "n": [1]}), "it has no field “text”; its fields are: body, n"),
        (pa.table({"text": [1]}), "“text” holds int64, and a text"),
        (pa.table({"text": [["a"]]}), r"“text” holds list<element: string>, and a text"),
        (pa.table([["a"], ["b"]], ["text", "text"]), "2 columns that are called “text”"),
        (pa.table({"text": ["a"], "id": [1.5]}), "“id” holds double, and a text or a whole number"),
        (pa.table({}), "its fields are: none"),
    ],
)
def test_columns_that_hold_no_texts(tmp_path, table, reason):
    path = put(tmp_path / "t.parquet", table)
    with pytest.raises(UnreadableError, match=reason):
        read(path, Wanted(("text",), "id"))


def test_files_that_are_none(tmp_path):
    whole = tmp_path / "whole.parquet"
    pq.write_table(pa.table({"text": ["甲"] * 100}), whole)
    data = whole.read_bytes()
    path = tmp_path / "t.parquet"
    for broken, reason in [
        (b"", "it is empty"),
        (b"PAR1", "it breaks off"),
        (data[:-20], "it breaks off"),
        (b"no such thing at all", "it is no Parquet file"),
        (b"PARE" + data[4:-4] + b"PARE", "it is encrypted"),
        (data[:-60] + bytes(52) + data[-8:], "it is damaged"),
    ]:
        path.write_bytes(broken)
        with pytest.raises(UnreadableError, match=reason):
            read(str(path))
    with pytest.raises(UnreadableError, match="no such file"):
        read(str(tmp_path / "gone.parquet"))


def test_a_damaged_row_group_does_not_stop_the_others(tmp_path):
    own = [f"第{n}行" for n in range(90)]
    path = put(tmp_path / "t.parquet", pa.table({"n": range(90), "text": own}), row_group_size=30)
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(0)
    at = chunk.dictionary_page_offset
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 12)
    # Where the rows are to be copied all columns must be sound.
    assert len(read(path)[0]) == 90
    wanted = Wanted(("text",), whole=True)
    rows, (fault,) = read(path, wanted)
    assert [row.number for row in rows] == [*range(1, 31), *range(61, 91)]
    assert fault.startswith("rows 31 to 60, in one row group: ")
    target, _ = copied(path, [RowEdit(70, new(text="新"))], wanted)
    assert pq.read_table(target).column("n").to_pylist() == [*range(30), *range(60, 90)]
    assert pq.read_table(target).column("text")[39].as_py() == "新"


@pytest.mark.parametrize("groups", [0, 1])
def test_no_rows(tmp_path, groups):
    table = pa.table({"text": pa.array([], pa.string())})
    path = tmp_path / "t.parquet"
    with pq.ParquetWriter(path, table.schema) as writer:
        if groups:
            writer.write_table(table)
    assert read(str(path)) == ([], [])
    target, _ = copied(str(path))
    assert pq.read_table(target).equals(table)


def test_a_row_that_is_too_long_is_told_and_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "LONGEST_ROW", 1000)
    path = put(tmp_path / "t.parquet", pa.table({"text": ["a", "x" * 5000, "b"]}))
    rows, _ = read(path)
    assert texts(rows) == {1: ("a",), 2: (), 3: ("b",)}
    assert "it is 5,000 bytes long" in rows[1].fault
    assert pq.read_table(copied(path)[0]).equals(pq.read_table(path))


def test_where_rows_come_from(tmp_path):
    beside = {
        "source": ["新闻", None],
        "coded": pa.array(["a", "b"]).dictionary_encode(),
        "bytes": pa.array(["新闻".encode(), b""], pa.binary()),
        "number": [1.5, None],
        "flag": [True, False],
        "moment": pa.array([1, None], pa.timestamp("ns", "Asia/Shanghai")),
        "list": [[1, None], None],
        "meta": [{"site": "a.cn", "day": 3}, None],
    }
    path = put(tmp_path / "d.parquet", pa.table({"text": ["a", None], **beside}))

    def sources(field):
        return [row.source for row in read(path, WANTED._replace(source_field=field))[0]]

    assert sources(None) == [None, None]
    assert {field: sources(field) for field in (*beside, "meta.site", "none")} == {
        "source": ["新闻", ""],
        "coded": ["a", "b"],
        "bytes": ["新闻", ""],
        "number": ["1.5", ""],
        "flag": ["true", "false"],
        "moment": ["1970-01-01 08:00:00.000000001+0800", ""],
        "list": ["[1, null]", ""],
        "meta": ['{"site": "a.cn", "day": 3}', ""],
        "meta.site": ["a.cn", ""],
        "none": ["", ""],
    }


def test_halves_of_halves_are_rows(tmp_path):
    own = [str(n) for n in range(1, 8)]
    path = put(tmp_path / "d.parquet", pa.table({"text": own}), row_group_size=5)
    waiting = list(cut(path, WANTED))
    found = []
    while waiting:
        part = waiting.pop(0)
        both = halved(path, part)
        if both is None:
            (row,) = rows_of(path, part, WANTED)
            found.append((row.number, row.texts[0].text))
        else:
            waiting[:0] = both
    assert found == [(int(text), text) for text in own]


def test_ids_and_sources_that_are_no_text_are_kept_byte_by_byte(tmp_path):
    path = put(tmp_path / "d.parquet", pa.table({"text": ["a"], "own": [b"ab\xff\xff\xf8"]}))
    wanted = WANTED._replace(id_field="own", source_field="own", whole=True)
    ((row,), _) = read(path, wanted)
    assert row.row_id == '"ab\udcff\udcff\udcf8"'
    assert row.source == "ab\udcff\udcff\udcf8"
    _, (left,) = copied(path, [RowEdit(1, None, left_out=True)], wanted)
    assert left.row_id == row.row_id


def test_a_file_with_an_encrypted_column_is_checked_and_not_copied(tmp_path):
    encryption = pytest.importorskip("pyarrow.parquet.encryption")

    class Keys(encryption.KmsClient):
        def __init__(self, _):
            encryption.KmsClient.__init__(self)

        def wrap_key(self, key, _):
            return base64.b64encode(key)

    properties = encryption.CryptoFactory(Keys).file_encryption_properties(
        encryption.KmsConnectionConfig(),
        encryption.EncryptionConfiguration("f", column_keys={"c": ["n"]}, plaintext_footer=True),
    )
    table = pa.table({"n": [1], "text": ["甲"]})
    path = put(tmp_path / "t.parquet", table, encryption_properties=properties)
    wanted = Wanted(("text",))
    (part,) = cut(path, wanted)
    assert [row.texts[0].text for row in rows_of(path, part, wanted)] == ["甲"]
    with pytest.raises(UnreadableError, match="encrypted"):
        list(cut(path, wanted._replace(whole=True)))
