"""Datasets from the command line: rows are documents, and a bad one does not stop the others."""

import gzip
import json

ROWS = [
    {"id": 1, "title": "中关村围绕围绕高端人才", "text": "中关村围绕围绕高端人才开展工作。"},
    {"id": 2, "title": "标题", "text": "第一行。\n他说,好。"},
]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)


def places(done):
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [(f["path"], f["record"], f["start"]["line"], f["name"]) for f in found]


def test_findings_name_the_row_and_the_field(kanwu):
    kanwu.put("data.jsonl", LINES)
    done = kanwu("check", "data.jsonl", "--output-format", "jsonl")
    assert done.returncode == 1
    assert places(done) == [
        ("data.jsonl", "1#text", 1, "doubled-word"),
        ("data.jsonl", "2#text", 2, "half-width-punctuation"),
    ]
    assert b"Checked 2 documents" in done.stderr


def test_other_fields(kanwu):
    kanwu.put("data.jsonl", LINES)
    done = kanwu("check", "data.jsonl", "--text-fields", "title,text", "--output-format", "jsonl")
    assert ("data.jsonl", "1#title", 1, "doubled-word") in places(done)
    kanwu.put("kanwu.toml", 'text-fields = ["title"]\n')
    done = kanwu("check", "data.jsonl", "--output-format", "jsonl")
    assert [record for _, record, *_ in places(done)] == ["1#title"]


def test_packed_and_plain_say_the_same_with_any_number_of_processes(kanwu):
    # Several parts of a megabyte, in few rows.
    many = LINES * 20 + json.dumps({"text": "", "other": "x" * 3_000_000}) + "\n" + LINES * 20
    kanwu.put("data.jsonl", many)
    kanwu.put("packed.jsonl.gz", gzip.compress(many.encode()))
    plain = kanwu("check", "--jobs", "1", "data.jsonl", "--output-format", "jsonl").stdout
    packed = kanwu("check", "--jobs", "2", "packed.jsonl.gz", "--output-format", "jsonl").stdout
    assert plain.count(b"\n") == 80
    assert packed.replace(b"packed.jsonl.gz", b"data.jsonl") == plain


def test_a_bad_row_is_a_finding(kanwu):
    kanwu.put("data.jsonl", LINES + "nonsense\n" + LINES)
    done = kanwu("check", "data.jsonl", "--output-format", "jsonl")
    assert done.returncode == 1
    assert ("data.jsonl", "3", 1, "unreadable-row") in places(done)
    assert b"Checked 4 documents" in done.stderr


def test_a_damaged_file_is_status_2_with_what_could_be_read(kanwu):
    kanwu.put("data.jsonl.gz", gzip.compress((LINES * 2000).encode(), 1)[:-20])
    done = kanwu("check", "--select", "WRD,INT", "data.jsonl.gz", "--output-format", "jsonl")
    assert done.returncode == 2
    names = [name for *_, name in places(done)]
    assert "unreadable-file" in names
    assert "doubled-word" in names


def test_datasets_in_a_folder_are_read_where_the_extension_is_configured(kanwu):
    kanwu.put("all/data.jsonl", LINES)
    assert b"No documents" in kanwu("check", "all").stderr
    kanwu.put("kanwu.toml", 'extensions = [".jsonl"]\n')
    assert b"Checked 2 documents" in kanwu("check", "all").stderr


def test_a_dataset_is_not_repaired_in_place(kanwu):
    path = kanwu.put("data.jsonl", LINES)
    done = kanwu("fix", "data.jsonl")
    assert done.returncode == 2
    assert b"not repaired in place" in done.stderr
    assert path.read_text("utf-8") == LINES


def test_an_indexed_dataset_is_compared_with_one_that_is_given(kanwu):
    text = "北京海归群\n163984971\n上海海归群\n203237942\n"
    other = "天津海归群\n163984971\n广州海归群\n303237942\n"
    row = json.dumps({"text": text}, ensure_ascii=False) + "\n"
    other_rows = json.dumps({"text": "甲。", "other": "x" * 1_000_000}, ensure_ascii=False) + "\n"
    kanwu.put("all/data.jsonl", other_rows * 3 + row)
    kanwu.put("kanwu.toml", 'corpus = ["all/"]\nextensions = [".jsonl", ".txt"]\n')
    assert kanwu("index").returncode == 0
    kanwu.put("new.txt", other)
    done = kanwu("check", "new.txt", "--select", "FIG003", "--output-format", "jsonl")
    (found,) = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert {found["record"], *(r["record"] for r in found["related"])} == {None, "4#text"}


def test_the_figures_of_a_dataset(kanwu):
    kanwu.put("data.jsonl", '{"text": "今年共有1200多人参加。"}\n')
    done = kanwu("figures", "data.jsonl", "--output-format", "jsonl")
    records = {json.loads(line)["record"] for line in done.stdout.decode().splitlines()}
    assert records == {"1#text"}


def test_the_markup_of_texts(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from kanwu.cli.main import kanwu as command

    monkeypatch.chdir(tmp_path)
    html = "<p>中关村<b>围绕</b>围绕&nbsp;高端人才。</p><p>他说,不好。"
    markdown = "他说`,好,吗`好,吗。\n"
    rows = [{"id": "甲", "text": text} for text in (html, markdown)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "d.jsonl").write_text(lines, "utf-8")
    words = ("d.jsonl", "--select", "WRD,PUN001", "--id-field", "id", "--text-markup")

    def found(markup):
        done = CliRunner().invoke(command, ("check", *words, markup, "--output-format", "jsonl"))
        read = [json.loads(line) for line in done.stdout.splitlines()]
        return [(f["record"], f["start"]["offset"], f["code"], bool(f["fix"])) for f in read]

    def copied(markup):
        CliRunner().invoke(command, ("clean", *words, markup, "-o", markup))
        text = (tmp_path / markup / "data/d.jsonl").read_text("utf-8")
        return [json.loads(line)["text"] for line in text.splitlines()]

    places = [("1#text", html.index("围绕"), "WRD001"), ("1#text", html.index(","), "PUN001")]
    pages = found("html")
    assert [f[:3] for f in pages][:2] == places
    assert not any(fixable for *_, fixable in pages)
    assert copied("html") == [html, markdown]
    assert [f[1] for f in found("markdown") if f[0] == "2#text"] == [markdown.rindex(",")]
    assert copied("markdown")[1] == "他说`,好,吗`好，吗。\n"
    assert not any(code == "WRD001" for *_, code, _ in found("plain"))


def test_the_encoding_of_a_row_is_told_of_the_row(kanwu):
    row = b'{"text": "' + "大会在广州举行，各界代表参加。".encode("gb18030") + b'"}\n'
    kanwu.put("d.jsonl", LINES.encode() + row)
    (found,) = kanwu.findings("d.jsonl", "--select", "ENC002")
    assert found["record"] == "3#text"
    assert found["message"].startswith("a text of this row is written in GB18030")


def test_a_folder_of_datasets_says_how_they_are_taken(kanwu):
    kanwu.put("shards/a.jsonl.gz", gzip.compress(LINES.encode()))
    for words in (("check", "shards"), ("clean", "shards", "-o", "out")):
        done = kanwu(*words)
        assert done.returncode == 0
        said = done.stderr.decode()
        assert "shards/a.jsonl.gz is a dataset" in said
        assert "--extensions names .jsonl.gz" in said
    done = kanwu("check", "shards", "--extensions", ".jsonl.gz", "--text-field", "text")
    assert done.returncode == 1
    assert "is a dataset" not in done.stderr.decode()


def test_what_repairs_a_dataset_is_named(kanwu):
    kanwu.put("a.jsonl", LINES)
    assert "fixable with `kanwu clean`" in kanwu("check", "a.jsonl").stderr.decode()
