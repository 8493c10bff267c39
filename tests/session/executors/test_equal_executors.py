"""Whoever does the work, the findings and the cleaned copy are the same bytes."""

import hashlib
import importlib.util
import json
import os
from pathlib import Path

import pytest

from kanwu import Bad
from kanwu.engine.discovery import discover

BYTES = 20_000_000
# Most of a row is no text, so that reading it costs little and there are many shards all the same.
FILLER = "0123456789" * 1800
EXECUTORS = {
    "local": (),
    "processes": ("--jobs", "2"),
    "ray": ("--jobs", "2"),
}


def defects():
    """Texts with what each rule finds, in the order of the rules' codes."""
    for rule in discover():
        for example in rule.examples:
            if isinstance(example, Bad) and example.encoding == "utf-8":
                yield from (*example.beside, example.text)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """20 MB of rows; with KANWU_CORPUS the file of that name."""
    given = os.environ.get("KANWU_CORPUS")
    if given:
        return Path(given).resolve()
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    texts = list(dict.fromkeys(defects()))
    assert len(texts) > 300
    with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
        number = 0
        while file.tell() < BYTES:
            text = f"{texts[number % len(texts)]}\n\n第{number}行到此为止。"
            row = {"id": number, "raw": FILLER, "text": text}
            file.write(json.dumps(row, ensure_ascii=number % 3 == 0) + "\n")
            number += 1
    return path


def run(kanwu, corpus, executor):
    """What one executor makes of a corpus: its findings, and digests of the files of its copy."""
    words = ("--select", "ALL", "--executor", executor, *EXECUTORS[executor])
    checked = kanwu("check", corpus, "--no-cache", "--output-format", "jsonl", *words, timeout=900)
    assert checked.returncode == 1, checked.stderr.decode()
    out = kanwu.folder / executor
    done = kanwu("clean", corpus, "-o", out, "--drop", "duplicate", *words, timeout=900)
    assert done.returncode == 1, done.stderr.decode()
    files = {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }
    return checked.stdout, files


def test_every_executor_makes_the_same_bytes(kanwu, corpus):
    findings, files = run(kanwu, corpus, "local")
    lines = [json.loads(line) for line in findings.splitlines()]
    families = {line["code"][:3] for line in lines}
    assert families >= discover().families - {"INT", "SUP"} or "KANWU_CORPUS" in os.environ
    assert {f"data/{corpus.name}", "manifest.json"} <= files.keys()
    for executor in ("processes", "ray"):
        if executor != "ray" or importlib.util.find_spec("ray"):
            assert run(kanwu, corpus, executor) == (findings, files), executor
