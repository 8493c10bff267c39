"""Parquet and the ids of rows, through the command: the same findings as for JSON lines, and a copy that is a table."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from kanwu.cli.main import kanwu as command

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROWS = [
    {"id": "甲", "text": "中关村围绕围绕高端人才开展工作。"},
    {"id": "乙", "text": "第一行。\n他说,好。"},
    {"id": "甲", "text": None},
    {"id": None, "text": "短。"},
    {"id": "丙", "text": "我们一共引进1200多亿元资金。"},
]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the same rows in both formats, where the command runs in this process."""
    monkeypatch.chdir(tmp_path)
    Path("d.jsonl").write_text(LINES, "utf-8")
    pq.write_table(pa.Table.from_pylist(ROWS), "d.parquet", row_group_size=2)
    return tmp_path


def run(*words):
    return CliRunner().invoke(command, words)


def told(text):
    return [json.loads(line) for line in text.splitlines()]


def as_parquet(text):
    return text.replace("d.jsonl", "d.parquet")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--output-format", "jsonl"),
        ("check", "--output-format", "jsonl", "--id-field", "id"),
        ("check", "--output-format", "concise", "--id-field", "id"),
        ("figures", "--output-format", "jsonl", "--id-field", "id"),
        ("figures", "--output-format", "csv", "--id-field", "id"),
    ],
)
def test_both_formats_say_the_same(folder, words):
    lines, table = (run(*words, name) for name in ("d.jsonl", "d.parquet"))
    assert table.exit_code == lines.exit_code
    assert table.stdout == as_parquet(lines.stdout)
    assert lines.stdout


def test_findings_have_ids_where_a_field_is_named(folder):
    plain = told(run("check", "d.parquet", "--output-format", "jsonl").stdout)
    assert [f["record"] for f in plain] == ["1#text", "2#text"]
    assert not any("id" in f for f in plain)
    words = ("d.parquet", "--id-field", "id", "--output-format")
    found = told(run("check", *words, "jsonl").stdout)
    assert [(f["record"], f["id"], f["name"]) for f in found] == [
        ("1#text", "甲", "doubled-word"),
        ("2#text", "乙", "half-width-punctuation"),
        ("3", "甲", "repeated-id"),
    ]
    assert [(r["record"], r["id"]) for r in found[2]["related"]] == [("1", "甲")]
    assert "d.parquet:2:3 [2#text 乙]: PUN001" in run("check", *words, "concise").stdout
    results = json.loads(run("check", *words, "sarif").stdout)["runs"][0]["results"]
    assert results[2]["properties"] == {"evidence": {"rows": 2}, "record": "3", "id": "甲"}
    rows = told(run("figures", *words, "jsonl").stdout)
    assert [(row["record"], row["id"]) for row in rows] == [("5#text", "丙")]
    header, row = run("figures", *words, "csv").stdout.splitlines()
    assert header.startswith("path,record,id,")
    assert row.startswith("d.parquet,5#text,丙,")
    Path("a.txt").write_text("共有30人。", "utf-8")
    _, row, _ = run("figures", "a.txt", *words, "csv").stdout.splitlines()
    assert row.startswith("a.txt,,,1,")


def test_ids_are_compared_through_all_files_and_fields(folder):
    Path("e.jsonl").write_text(LINES.replace('"id"', '"url"'), "utf-8")
    Path("kanwu.toml").write_text('id-field = "url"\nselect = ["INT"]\n', "utf-8")
    rows = "".join(f'{{"url": {n}, "text": "a", "title": "b"}}\n' for n in (1, 2, 1, 2, 2, 3))
    Path("f.jsonl").write_text(rows, "utf-8")
    words = ("--text-fields", "text,title", "--output-format", "jsonl")
    found = told(run("check", "e.jsonl", "f.jsonl", "d.jsonl", *words).stdout)
    assert [(f["path"], f["record"], f["id"], f["evidence"]["rows"]) for f in found] == [
        ("e.jsonl", "3", "甲", 2),
        ("f.jsonl", "3", 1, 2),
        ("f.jsonl", "4", 2, 3),
    ]
    Path("g.jsonl").write_text('{"url": 3, "text": "a"}\n{"url": [3], "text": "a"}\n', "utf-8")
    found = told(run("check", "f.jsonl", "g.jsonl", *words).stdout)
    messages = [f["message"] for f in found if f["path"] == "g.jsonl"]
    assert messages[0] == "row 1 has the id “3” of row f.jsonl:6"
    assert "“url” holds a list, and a text or a whole number is expected for an id" in messages[1]


def test_a_table_is_cleaned(folder):
    done = run("clean", "d.parquet", "-o", "out", "--id-field", "id", "--drop", "too-short:3")
    assert done.exit_code == 1
    table = pq.read_table("d.parquet")
    copy = pq.read_table("out/data/d.parquet")
    assert copy.schema.equals(table.schema, check_metadata=True)
    assert copy.to_pylist() == [
        ROWS[0],
        {"id": "乙", "text": "第一行。\n他说，好。"},
        ROWS[4],
    ]
    assert pq.ParquetFile("out/data/d.parquet").num_row_groups == 2
    records = {
        kind: told(Path(f"out/{kind}/d.parquet.jsonl").read_text("utf-8"))
        for kind in ("findings", "removed", "dropped")
    }
    assert {
        kind: [(one["record"], one["id"]) for one in several] for kind, several in records.items()
    } == {
        "findings": [("1#text", "甲")],  # the other row with this id is left out
        "removed": [("2#text", "乙")],
        "dropped": [("3", "甲"), ("4", None)],
    }
    assert json.loads(records["dropped"][1]["row"]) == ROWS[3]
    run("clean", "d.jsonl", "-o", "lines", "--id-field", "id", "--drop", "too-short:3")
    for kind in records:
        lines = Path(f"lines/{kind}/d.jsonl.jsonl").read_text("utf-8")
        assert as_parquet(lines) == Path(f"out/{kind}/d.parquet.jsonl").read_text("utf-8")


def everything(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_bytes_with_two_processes_and_after_an_end(folder, kanwu, monkeypatch):
    from kanwu.cleaning import shards

    own = [f"第{n}篇，他说,好。" + "这里没有什么问题，" * 10 for n in range(4500)]
    own[100:120] = own[200:220]
    table = pa.table({"n": range(4500), "text": own})
    pq.write_table(table, "big.parquet", row_group_size=2000)
    words = ("clean", "big.parquet", "--select", "PUN001", "--drop", "duplicate", "-o")
    assert run(*words, "one", "--jobs", "1").exit_code == 0
    assert kanwu(*words, "two", "--jobs", "2", cwd=folder).returncode == 0
    cleaned, done = shards.cleaned, []

    def once(*given):
        done.append(given)
        if len(done) == 2:
            raise KeyboardInterrupt
        return cleaned(*given)

    monkeypatch.setattr(shards, "cleaned", once)
    assert run(*words, "again", "--jobs", "1").exit_code == 130
    assert run(*words, "again", "--jobs", "1").exit_code == 0
    assert len(done) == 3
    expected = everything(folder / "one")
    assert everything(folder / "two") == expected
    assert everything(folder / "again") == expected
    copy = pq.read_table("one/data/big.parquet")
    assert copy.column("n").to_pylist() == [*range(200), *range(220, 4500)]


def test_a_table_is_not_repaired_in_place_and_has_a_baseline_and_a_page(folder):
    before = Path("d.parquet").read_bytes()
    done = run("fix", "d.parquet")
    assert done.exit_code == 2
    assert "kanwu clean makes a repaired copy" in " ".join(done.stderr.split())
    assert Path("d.parquet").read_bytes() == before
    assert run("baseline", "d.parquet").exit_code == 0
    assert run("check", "d.parquet").exit_code == 0
    assert run("report", "d.parquet", "-o", "page.html", "--no-baseline").exit_code == 1
    assert "doubled-word" in Path("page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "words", "reason"),
    [
        ({"body": ["a"]}, (), "it has no field “text”; its fields are: body"),
        ({"text": [[1]]}, (), "and a text is expected"),
        ({"text": ["a"]}, ("--id-field", "id", "--text-fields", "id"), "no field “id”"),
    ],
)
def test_a_table_without_texts_is_status_2(folder, table, words, reason):
    pq.write_table(pa.table(table), "bad.parquet")
    done = run("check", "bad.parquet", "d.jsonl", *words, "--output-format", "concise")
    assert done.exit_code == 2
    assert f"INT002 cannot be read: {reason}" in done.stdout or reason in done.stdout
    done = run("clean", "bad.parquet", "-o", "out", *words)
    assert done.exit_code == 2
    assert reason in done.stderr
    (file,) = json.loads(Path("out/manifest.json").read_text("utf-8"))["files"]
    assert file["output"] is None


def test_a_damaged_row_group_is_told_and_the_others_are_copied(folder):
    own = ["好。"] * 60
    pq.write_table(pa.table({"n": range(60), "text": own}), "bad.parquet", row_group_size=20)
    at = pq.ParquetFile("bad.parquet").metadata.row_group(1).column(0).dictionary_page_offset
    with open("bad.parquet", "r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 12)
    done = run("clean", "bad.parquet", "-o", "out")
    assert done.exit_code == 2
    assert "rows 21 to 40, in one row group: " in done.stderr
    numbers = pq.read_table("out/data/bad.parquet").column("n").to_pylist()
    assert numbers == [*range(20), *range(40, 60)]
    manifest = json.loads(Path("out/manifest.json").read_text("utf-8"))
    assert manifest["rows"] == 40


def test_without_pyarrow(kanwu):
    """A run without Parquet never asks for it; one with Parquet says how to get it."""
    kanwu.put("d.jsonl", LINES)
    kanwu.put("d.parquet", b"PAR1")
    kanwu.put("path/pyarrow/__init__.py", "raise ImportError('hidden')")
    env = os.environ | {"PYTHONPATH": str(kanwu.folder / "path")}
    assert kanwu("check", "d.jsonl", env=env).returncode == 1
    done = kanwu("check", "d.parquet", "d.jsonl", "--output-format", "concise", env=env)
    assert done.returncode == 2
    assert "pip install 'kanwu[parquet]'" in done.stdout.decode()
    assert "WRD001" in done.stdout.decode()


def test_copies_name_the_ids_of_what_is_kept_and_sources_are_counted(folder):
    rows = [
        {"id": n, "source": s, "text": t}
        for n, s, t in [
            (7, "新闻", "他说，好。"),
            (8, "网页", "他说,好。"),
            (None, "新闻", "第二行，很长。"),
            (9, None, "第二行，很长。"),
        ]
    ]
    Path("e.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), "e.parquet")
    words = ("--id-field", "id", "--source-field", "source", "--drop", "duplicate", "-o")
    for name in ("e.jsonl", "e.parquet"):
        run("clean", name, *words, name[2:])
        dropped = told(Path(f"{name[2:]}/dropped/{name}.jsonl").read_text("utf-8"))
        assert [(one["id"], one["kept"]) for one in dropped] == [
            (8, {"path": name, "record": "1", "id": 7}),
            (9, {"path": name, "record": "3", "id": None}),
        ]
        page = Path(f"{name[2:]}/corpus.html").read_text("utf-8")
        assert [own in page for own in ("新闻", "网页", "not said")] == [True] * 3
    run("clean", "e.parquet", "--drop", "duplicate", "-o", "bare")
    (one, _) = told(Path("bare/dropped/e.parquet.jsonl").read_text("utf-8"))
    assert one["kept"] == {"path": "e.parquet", "record": "1"}


def test_every_format_names_the_row_and_its_id(folder):
    words = ("check", "d.parquet", "--id-field", "id", "--output-format")
    issues = json.loads(run(*words, "gitlab").stdout)
    assert issues[1]["description"].startswith("PUN001 half-width-punctuation [2#text 乙]: ")
    assert "::[2#text 乙] " in run(*words, "github").stdout
    assert 'name="PUN001 half-width-punctuation 2:3 [2#text 乙]"' in run(*words, "junit").stdout
    run("report", "d.parquet", "--id-field", "id", "-o", "page.html")
    page = Path("page.html").read_text("utf-8")
    assert page.count("<bdi>d.parquet 2#text 乙</bdi>") == 3


def test_a_baseline_and_an_index_of_other_fields(folder):
    rows = [{"body": "中关村围绕围绕高端人才开展工作。", "text": "好。"}]
    Path("c").mkdir()
    for name in ("c/a.jsonl", "b.jsonl"):
        Path(name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    words = ("--text-fields", "body", "--id-field", "id")
    assert "1 findings recorded" in run("baseline", "b.jsonl", *words).stdout
    assert run("check", "b.jsonl", *words).exit_code == 0
    Path("kanwu.toml").write_text('corpus = ["c"]\nextensions = [".jsonl"]\n', "utf-8")
    assert "Indexed 1 documents" in run("index", *words).stdout
    assert "kanwu index" not in run("check", "b.jsonl", *words).stderr
    assert "kanwu index" in run("check", "b.jsonl", "--text-fields", "text").stderr
