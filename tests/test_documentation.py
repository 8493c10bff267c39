"""What the documentation shows is what happens: its commands run, its settings are settings, its code works."""

import gzip
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from kanwu.cli.main import kanwu

ROOT = Path(__file__).parents[1]
PAGES = [
    "README.md",
    "docs/guide.md",
    "docs/zh/guide.md",
    "docs/configuration.md",
    "docs/pattern-rules.md",
    "docs/encodings.md",
    "docs/corpora.md",
    "docs/zh/corpora.md",
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ARTICLES = {
    "0001.txt": "中关村围绕围绕高端人才开展工作，2020年共引进人才1250人。\n\n他说,这是第一段。\n",
    "0002.txt": "她说，这是另一篇文章，讲的是另一件事情。\n",
}


def blocks(*languages):
    """The code blocks of the pages that are in one of these languages."""
    return [
        pytest.param(text, id=f"{page}:{number}")
        for page in PAGES
        for number, (language, text) in enumerate(BLOCK.findall((ROOT / page).read_text("utf-8")))
        if language in languages
    ]


def commands():
    """Each command of the pages that ends by itself and sets up nothing."""
    """Each command of the pages that comes to an end by itself, but for those that install."""
    return [
        pytest.param(line, id=f"{block.id}:{line}")
        for block in blocks("sh")
        for line in block.values[0].splitlines()
        if line and not any(words in line for words in ("pip ", "--watch", "kanwu server"))
        if line and not re.match(r"python3 -m venv|pip |kanwu (check --watch|server)", line)
    ]


def run(*words):
    """The exit status and the output of the command with these words."""
    done = CliRunner().invoke(kanwu, words)
    return done.exit_code, done.output


def shell(line):
    """The same for a line that the shell has to read."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        env={**os.environ, "PATH": path, "HOME": os.getcwd()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode()


@pytest.fixture
def folder(tmp_path):
    """A folder such as the pages speak of."""
    tmp_path /= "project"
    (tmp_path / "articles").mkdir(parents=True)
    (tmp_path / "house-style.toml").write_text("", "utf-8")
    tmp_path /= "texts"
    tmp_path.mkdir()
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, "utf-8")
    for name in ("article.txt", "article.md", "report.txt", "0001.txt"):
        (tmp_path / name).write_text(ARTICLES["0001.txt"], "utf-8")
    rows = '{"title": "标题", "text": "正文。", "content": {"body": "正文。"}}\n'
    (tmp_path / "corpus.jsonl").write_text(rows, "utf-8")
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (tmp_path / "shards").mkdir()
    (tmp_path / "shards" / "part-0.jsonl").write_text(rows, "utf-8")
    table = pa.Table.from_pylist([{"url": "a", "text": "正文。"}])
    pq.write_table(table, tmp_path / "corpus.parquet")
    (tmp_path / "kanwu.toml").write_text('corpus = ["articles/"]\n', "utf-8")
    rules = next(b.values[0] for b in blocks("toml") if b.values[0].startswith("[[rule]]"))
    (tmp_path / "house.toml").write_text(rules, "utf-8")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


@pytest.mark.parametrize("line", commands())
def test_a_command_of_a_page_is_right_use(line, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    if "--prune" in line:
        run("baseline")
    words = shlex.split(line, comments=True)
    status, output = shell(line) if {"|", ">", ">>"} & set(words) else run(*words[1:])
    assert status in {0, 1}, output
    assert "Usage:" not in output


@pytest.mark.parametrize("text", [b for b in blocks("toml") if "[[rule]]" not in b.values[0]])
def test_settings_of_a_page_are_understood(text, folder, monkeypatch):
    monkeypatch.chdir(folder)
    if "baseline" in (settings := tomllib.loads(text)):
        run("baseline")
        Path("kanwu-baseline.json").rename(settings["baseline"])
    extended = settings.get("extend", ())
    for name in [extended] if isinstance(extended, str) else extended:
        if not name.startswith("preset:"):
            Path(name).touch()
    Path("kanwu.toml").write_text(text, "utf-8")
    status, output = run("config", "articles/0001.txt")
    assert status == 0, output


@pytest.mark.parametrize("text", blocks("markdown"))
def test_comments_of_a_page_silence_what_they_say(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text(text, "utf-8")
    _, told = run("check", "--select", "SUP,WRD,PUN001", "page.md")
    assert "SUP002" not in told  # every rule that is named is one
    assert "WRD001" not in told
    assert "PUN001" not in told


@pytest.mark.parametrize("text", blocks("python"))
def test_code_of_a_page_runs(text):
    exec(compile(text, "page", "exec"), {})
