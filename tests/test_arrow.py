"""Columns of text: what Spark would call, with pyarrow alone, and on a real Spark where there is one."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kanwu
from kanwu.policy.settings import ConfigurationError

pa = pytest.importorskip("pyarrow")
arrow = importlib.import_module("kanwu.arrow")

SPARK = all(map(importlib.util.find_spec, ("pyspark", "pandas")))

TEXTS = [
    "中关村围绕围绕高端人才开展工作。",
    "第一行。\n他说,好。",
    None,
    "没有什么要改的。",
    "",
]
REPORT = (
    "市教育局昨日公布今年秋季招生办法，全市共设立{n}所新校，招收新生约三万人。"
    "新校集中在城东和高铁新区，由三家设计院承担设计，预计明年九月全部启用。"
    "办法规定，随迁子女凭居住证报名，电脑派位的过程向家长公开，任何学校不得以考试选拔学生。"
)


def batches(texts, **columns):
    whole = {"id": list(range(1, len(texts) + 1)), "text": texts, **columns}
    table = pa.table(
        whole, schema=None if texts else pa.schema([("id", pa.int64()), ("text", pa.string())])
    )
    return table.to_batches(max_chunksize=3)


def rows(made):
    return [row for batch in made for row in batch.to_pylist()]


def spark_type(type_):
    """What Spark calls a type of Arrow."""
    if pa.types.is_list(type_):
        return f"array<{spark_type(type_.value_type)}>"
    if pa.types.is_struct(type_):
        inside = ", ".join(f"{field.name}: {spark_type(field.type)}" for field in type_)
        return f"struct<{inside}>"
    return {"int32": "int", "bool": "boolean"}.get(str(type_), str(type_))


def ddl(schema):
    return ", ".join(f"{field.name} {spark_type(field.type)}" for field in schema)


def test_findings_are_those_of_the_library():
    found = rows(arrow.findings(batches(TEXTS)))
    told = [(row["id"], row["code"], row["start_offset"], row["fingerprint"]) for row in found]
    assert told == [
        (str(number), finding.code, finding.place.start.offset, finding.fingerprint)
        for number, text in enumerate(TEXTS, 1)
        for finding in kanwu.check_text(text or "")
    ]
    comma = next(row for row in found if row["id"] == "2")
    assert (comma["start_line"], comma["start_column"], comma["end_column"]) == (2, 3, 4)
    assert (comma["name"], comma["safety"]) == ("half-width-punctuation", "safe")
    assert isinstance(json.loads(comma["evidence"]), dict)


def test_a_configuration_is_a_mapping_or_a_file(tmp_path):
    words = {"select": ["PUN"], "severity": {"PUN001": "error"}}
    path = tmp_path / "kanwu.toml"
    path.write_text('select = ["PUN"]\nseverity = {PUN001 = "error"}\n', "utf-8")
    for configuration in (words, path, str(path)):
        found = rows(arrow.findings(batches(TEXTS), configuration=configuration))
        assert [(row["code"], row["severity"]) for row in found] == [("PUN001", "error")]
    wrong = arrow.findings(batches(TEXTS), configuration={"select": ["PUM"]})
    with pytest.raises(ConfigurationError, match=r'^configuration: select: found "PUM"'):
        next(wrong)


def test_texts_are_repaired_and_what_was_taken_out_stands_beside_them():
    source = batches(TEXTS, more=["a", "b", "c", "d", "e"])
    made = rows(arrow.cleaned(source))
    assert [row["text"] for row in made] == [t if t is None else kanwu.fix_text(t) for t in TEXTS]
    assert [row["more"] for row in made] == ["a", "b", "c", "d", "e"]
    assert [row["changed"] for row in made] == [False, True, False, False, False]
    (removal,) = made[1]["removed"]
    assert (removal["code"], removal["removed"], removal["inserted"]) == ("PUN001", ",", "，")
    unsafe = rows(arrow.cleaned(batches(TEXTS), unsafe=True))
    assert unsafe[0]["text"] == kanwu.fix_text(TEXTS[0], unsafe=True)


def test_texts_are_compared_by_their_records(tmp_path):
    texts = [REPORT.format(n=12), "另一篇文章。", REPORT.format(n=15)]
    words = {"select": ["FIG", "DUP"]}
    noted = list(arrow.records(batches(texts), configuration=words))
    between = rows(arrow.compared(noted, configuration=words))
    assert between
    for number, text in enumerate(texts, 1):
        (tmp_path / str(number)).write_text(text, "utf-8")
    alone = {
        row["fingerprint"] for row in rows(arrow.findings(batches(texts), configuration=words))
    }
    files = [tmp_path / str(number) for number in (1, 2, 3)]
    (tmp_path / "kanwu.toml").touch()
    together = kanwu.check_paths(files, select=words["select"])
    assert sorted(row["fingerprint"] for row in between) == sorted(
        f.fingerprint for f in together if f.fingerprint not in alone
    )
    assert {related["id"] for row in between for related in row["related"]} <= {"1", "3"}


def test_much_text_comes_in_pieces_and_none_in_none(monkeypatch):
    monkeypatch.setattr(arrow, "SHARD_BYTES", 20)
    assert len(list(arrow.findings(batches(TEXTS)))) > 2
    assert list(arrow.cleaned(iter(()))) == []
    assert rows(arrow.findings(batches([]))) == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"id": [1], "texts": ["a"]}, "no column “text”; the columns are: id, texts"),
        ({"text": ["a"]}, "no column “id”; the columns are: text"),
        ({"id": [1], "text": [1]}, "the column “text” holds int64, expected string"),
        ({"id": [1], "text": ["a"], "removed": [1]}, "there is a column “removed” already"),
    ],
)
def test_columns_that_cannot_be_used_are_told(columns, told):
    with pytest.raises(ValueError, match=told):
        list(arrow.cleaned(pa.table(columns).to_batches()))


def test_the_columns_are_those_that_spark_is_told_of():
    assert ddl(arrow.FINDINGS_SCHEMA) == arrow.FINDINGS
    assert ddl(arrow.RECORDS_SCHEMA) == arrow.RECORDS
    schema = pa.schema([("text", pa.string())])
    assert ddl(arrow.cleaned_schema(schema)) == f"text string, {arrow.REPAIRS}"


@pytest.mark.skipif(
    not (importlib.util.find_spec("pyspark") and shutil.which("java")),
    reason="needs Spark and Java",
)
def test_the_example_of_the_guide_runs_on_a_local_spark(tmp_path):
    texts = [*(text for text in TEXTS if text), REPORT.format(n=12), REPORT.format(n=15)]
    with open(tmp_path / "corpus.jsonl", "w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts, 1)
        )
    page = (Path(__file__).parents[1] / "docs" / "corpora.md").read_text("utf-8")
    (example,) = re.findall(r"^```py\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    words = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
    environment = {"PYSPARK_SUBMIT_ARGS": words, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path,
        env={**os.environ, **environment, "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]

    def written(name):
        read = importlib.import_module("pyarrow.parquet").read_table
        parts = sorted((tmp_path / name).glob("*.parquet"))
        return sorted(
            json.dumps(row, sort_keys=True) for part in parts for row in read(part).to_pylist()
        )

    def made(several):
        return sorted(json.dumps(row, sort_keys=True) for row in rows(several))

    words = {"ignore": ["BOI"]}
    assert written("findings") == made(arrow.findings(batches(texts), configuration=words))
    assert written("cleaned") == made(arrow.cleaned(batches(texts)))
    assert written("between") == made(arrow.compared(arrow.records(batches(texts))))
    assert written("between")
