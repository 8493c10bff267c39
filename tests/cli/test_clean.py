"""`kanwu clean`: a repaired copy, the same whatever happened on the way, and nothing of another is touched."""

import contextlib
import gzip
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROWS = [
    '{"id": 1,   "text": "中关村围绕围绕高端人才开展工作。", "score": NaN}',
    '{"id": 2, "text": "第一行。\\n他说,好。"}',
    "nonsense",
    "",
    '{"text": "\\u4ed6\\u8bf4,\\u597d\\u3002"}',
    '{"text": null}',
]
LINES = "\n".join(ROWS) + "\n"
CLEANED = LINES.replace("他说,", "他说，").replace("\\u8bf4,", "\\u8bf4\\uff0c")
REPORT = (
    "市教育局昨日公布今年秋季招生办法，全市共设立{n}所新校，招收新生约三万人。"
    "新校集中在城东和高铁新区，由三家设计院承担设计，预计明年九月全部启用。"
    "办法规定，随迁子女凭居住证报名，电脑派位的过程向家长公开，任何学校不得以考试选拔学生。"
)


def everything(folder):
    """All files below a folder with their bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def told(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_dataset_is_copied_and_only_repaired_texts_change(kanwu):
    source = kanwu.put("data.jsonl", LINES)
    done = kanwu("clean", "data.jsonl", "-o", "out")
    out = kanwu.folder / "out"
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"fixed 2, left" in done.stderr
    assert source.read_text("utf-8") == LINES
    assert (out / "data/data.jsonl").read_text("utf-8") == CLEANED
    left = [(f["record"], f["name"]) for f in told(out / "findings/data.jsonl.jsonl")]
    assert left == [("1#text", "doubled-word"), ("3", "unreadable-row")]
    removed = told(out / "removed/data.jsonl.jsonl")
    assert [(r["path"], r["record"], r["removed"]) for r in removed] == [
        ("data.jsonl", "2#text", ","),
        ("data.jsonl", "5#text", ","),
    ]
    assert sorted(path.name for path in out.iterdir()) == [
        "corpus.html",
        "data",
        "dropped",
        "findings",
        "manifest.json",
        "removed",
    ]
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    (file,) = manifest["files"]
    assert file["input"]["sha256"] == hashlib.sha256(LINES.encode()).hexdigest()
    assert file["output"]["sha256"] == hashlib.sha256(CLEANED.encode()).hexdigest()
    assert (manifest["rows"], manifest["changed"], manifest["fixed"]) == (5, 2, {"PUN001": 2})


def test_what_came_of_it_is_told_and_shown(kanwu):
    rows = [{"source": s, "text": t} for s, t in (("新闻", "他说,好。"), ("<web>", "短。\x1b"))]
    same = [{"text": "中关村围绕围绕高端人才开展工作。"}] * 3
    lines = [json.dumps(row, ensure_ascii=False) for row in (*rows, *same)]
    kanwu.put("data.jsonl", "\n".join(lines) + "\n")
    words = ("clean", "data.jsonl", "--drop", "duplicate", "--source-field", "source", "-o")
    done = kanwu(*words, "out")
    told_lines = done.stderr.decode().splitlines()
    assert told_lines[0].split() == ["left", "repaired"]
    assert any(line.split()[:3] == ["0", "1", "PUN001"] for line in told_lines)
    assert "left out: 2 duplicate" in told_lines
    assert told_lines[-1] == "the page is in out/corpus.html"
    page = (kanwu.folder / "out/corpus.html").read_text("utf-8")
    assert "新闻" in page
    assert "&lt;web&gt;" in page
    assert "not said" in page
    assert "\x1b" not in page
    assert '<mark class="warning">围绕围绕</mark>' in page
    assert "kept instead: data.jsonl 3" in page
    assert not re.search(r"<script|https?://|\bNone\b|20\d\d-", page)
    kanwu(*words, "zh", "--lang", "zh")
    chinese = (kanwu.folder / "zh/corpus.html").read_text("utf-8")
    assert "5 行 <span>改动 2 行，略去 2 行</span>" in chinese


def test_without_jinja2_there_is_no_page(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from kanwu.cleaning import running
    from kanwu.cli.main import kanwu

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "can_make_pages", lambda: False)
    Path("a.jsonl").write_text(LINES, "utf-8")
    words = ["clean", "a.jsonl", "-o", "out", "--jobs", "1", "--select", "PUN"]
    said = CliRunner().invoke(kanwu, words).stderr
    assert "no page was written: it needs jinja2" in said
    assert not Path("out/corpus.html").exists()
    assert Path("out/manifest.json").exists()


def test_a_folder_keeps_its_names_its_markup_and_its_encodings(kanwu):
    kanwu.put("in/a.txt", "中文的文章里写着：他说,好。\n".encode("gb18030"))
    kanwu.put("in/deep/b.md", "# 标题\n\n他说,`a,b` 好。\r\n")
    kanwu.put("in/deep/c.txt", "没有什么要改的。\n")
    kanwu.put("in/deep/rows.jsonl.gz", gzip.compress(LINES.encode()))
    kanwu.put("kanwu.toml", 'extensions = [".txt", ".md", ".jsonl.gz"]\nignore = ["ENC"]\n')
    kanwu("clean", "in", "-o", "out")
    data = kanwu.folder / "out/data"
    assert (data / "a.txt").read_bytes() == "中文的文章里写着：他说，好。\n".encode("gb18030")
    assert (data / "deep/b.md").read_bytes() == "# 标题\n\n他说，`a,b` 好。\r\n".encode()
    assert (data / "deep/c.txt").read_text("utf-8") == "没有什么要改的。\n"
    packed = (data / "deep/rows.jsonl.gz").read_bytes()
    assert gzip.decompress(packed).decode() == CLEANED
    assert packed[3:8] == bytes(5)  # no name, no time
    removed = told(kanwu.folder / "out/removed/files.jsonl")
    assert [r["path"] for r in removed] == ["in/a.txt", "in/deep/b.md"]


def test_rows_are_left_out_on_conditions_and_told(kanwu):
    same = REPORT.format(n="十二") * 4
    near = REPORT.format(n="十二") * 3 + REPORT.format(n="十三")
    texts = ["短。", same, "另一篇文章，说的是别的事情，也有一些长度。", same, near]
    rows = [json.dumps({"text": text}, ensure_ascii=False) for text in texts]
    kanwu.put("data.jsonl", "\n".join(rows))
    drop = "too-short:10,near-duplicate,duplicate"
    kanwu("clean", "data.jsonl", "-o", "out", "--drop", drop)
    assert (kanwu.folder / "out/data/data.jsonl").read_text("utf-8") == f"{rows[2]}\n{rows[4]}"
    dropped = told(kanwu.folder / "out/dropped/data.jsonl.jsonl")
    assert [(d["record"], d["reason"], d["kept"] and d["kept"]["record"]) for d in dropped] == [
        ("1", "too-short", None),
        ("2", "near-duplicate", "5"),
        ("4", "duplicate", "2"),
    ]
    assert dropped[0]["number"] == 2
    assert dropped[1]["row"] == rows[1]
    findings = kanwu.folder / "out/findings/data.jsonl.jsonl"
    names = [f["name"] for f in told(findings)] if findings.exists() else []
    assert "near-duplicate-document" not in names


def test_the_first_row_of_a_later_part_is_left_out_once(kanwu):
    rows = [json.dumps({"text": f"{n} " + "好" * 400}, ensure_ascii=False) for n in range(500)]
    kanwu.put("data.jsonl", "\n".join([*rows, *[rows[0]] * 1000]) + "\n")
    words = ("clean", "data.jsonl", "-o", "out", "--drop", "duplicate", "--select", "ENC001")
    kanwu(*words)
    assert (kanwu.folder / "out/data/data.jsonl").read_text("utf-8") == "\n".join(rows) + "\n"
    dropped = told(kanwu.folder / "out/dropped/data.jsonl.jsonl")
    assert [int(d["record"]) for d in dropped] == list(range(501, 1501))
    assert {d["row"] for d in dropped} == {rows[0]}


def test_rows_with_errors_are_left_out(kanwu):
    good, bad = ('{"text": "好。"}\n', '{"text": "坏\ufffd了\ufffd。"}\n')
    kanwu.put("data.jsonl", good + bad)
    kanwu("clean", "data.jsonl", "-o", "out", "--drop", "errors:0", "--select", "ENC005")
    assert (kanwu.folder / "out/data/data.jsonl").read_text("utf-8") == good
    (dropped,) = told(kanwu.folder / "out/dropped/data.jsonl.jsonl")
    assert (dropped["record"], dropped["reason"]) == ("2", "errors")


def many(rows=4500):
    """Some megabytes of rows, of which some are repaired, some are copies and some are none."""
    source = random.Random(8)
    texts = [
        f"第{n}篇，他说,好。" + "这里写着一些没有问题的话，" * 12 + "完。" for n in range(rows)
    ]
    lines = [json.dumps({"n": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    lines += source.choices(lines, k=200) + ["broken"] * 3
    return "\n".join(lines) + "\n"


WORDS = (
    "clean",
    "a.jsonl",
    "b.jsonl.gz",
    "c.txt",
    "--drop",
    "duplicate",
    "--select",
    "PUN001,INT,DUP002",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder with input, and what a run that nobody disturbed makes of it."""
    folder = tmp_path_factory.mktemp("sound")
    text = many()
    (folder / "a.jsonl").write_text(text, "utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "c.txt").write_text("他说,好。\n", "utf-8")
    command = [str(Path(sys.executable).parent / "kanwu"), *WORDS]
    started = time.monotonic()
    done = subprocess.run([*command, "-o", "one"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    return folder, command, everything(folder / "one"), time.monotonic() - started


def test_every_run_makes_the_same_bytes_with_any_number_of_processes(sound):
    folder, command, expected, _ = sound
    for out, jobs in (("again", "1"), ("two", "2")):
        words = [*command, "-o", out, "--jobs", jobs]
        subprocess.run(words, cwd=folder, capture_output=True, check=False)
        assert everything(folder / out) == expected


def workers_of(run):
    """The worker processes of a run that is under way."""
    tasks = Path(f"/proc/{run.pid}/task")
    found = []
    with contextlib.suppress(OSError):
        for task in tasks.iterdir():
            children = (task / "children").read_text().split()
            found += [
                int(child)
                for child in children
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
            ]
    return sorted(found)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for the workers")
def test_a_run_whose_workers_and_which_itself_is_killed_goes_on(sound):
    folder, command, expected, seconds = sound
    source = random.Random(8)
    words = [*command, "-o", "killed", "--jobs", "2"]
    for moment in range(10):
        run = subprocess.Popen(
            words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(source.uniform(0.3, 1) * seconds)
        workers = workers_of(run)
        if moment % 2 and workers:
            os.kill(source.choice(workers), signal.SIGKILL)
            time.sleep(source.uniform(0, 0.3) * seconds)
        run.kill()
        if run.wait() != -signal.SIGKILL:
            break
        assert not (folder / "killed/manifest.json").exists()
        until = time.monotonic() + 20
        while any(Path(f"/proc/{worker}").exists() for worker in workers):
            assert time.monotonic() < until, "workers go on without the run"
            time.sleep(0.01)
    else:
        subprocess.run(words, cwd=folder, capture_output=True, check=False)
    assert everything(folder / "killed") == expected


def test_only_what_is_missing_is_done_again(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from kanwu.cleaning import shards
    from kanwu.cli.main import kanwu

    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(many(9000), "utf-8")
    begun, cleaned = [], shards.cleaned

    def note(job, shard, inputs):
        begun.append(shard)
        if len(begun) == 2:
            raise KeyboardInterrupt
        return cleaned(job, shard, inputs)

    monkeypatch.setattr(shards, "cleaned", note)
    words = ["clean", "a.jsonl", "-o", "out", "--jobs", "1", "--select", "PUN"]
    done = CliRunner().invoke(kanwu, words)
    assert done.exit_code == 130
    assert "goes on from here" in done.stderr
    assert len(os.listdir("out/.kanwu-run/pieces")) == 1
    done = CliRunner().invoke(kanwu, words)
    assert "1 of 3 parts were done before" in done.stderr
    assert begun[1] == begun[2]
    assert begun[0] not in begun[1:]
    assert not Path("out/.kanwu-run").exists()


@pytest.mark.parametrize("step", [1, 5, 6])
def test_a_run_that_ends_while_it_publishes_goes_on(tmp_path, monkeypatch, step):
    from click.testing import CliRunner

    from kanwu.cleaning import folder
    from kanwu.cli.main import kanwu

    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(LINES, "utf-8")
    words = ["clean", "a.jsonl", "--jobs", "1", "-o"]
    CliRunner().invoke(kanwu, [*words, "whole"])
    names = []

    def rename(old, new):
        names.append(new)
        if len(names) == step:
            raise KeyboardInterrupt
        os.replace(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(folder.os, "rename", rename)
        assert CliRunner().invoke(kanwu, [*words, "out"]).exit_code == 130
    assert not Path("out/manifest.json").exists()
    assert CliRunner().invoke(kanwu, [*words, "out"]).exit_code == 1
    assert everything(Path("out")) == everything(Path("whole"))


def test_a_full_disk_leaves_nothing_that_looks_whole(kanwu, tmp_path):
    resource = pytest.importorskip("resource")
    kanwu.put("a.jsonl", '{"text": "没有什么要改的。"}\n' * 20_000)
    command = [str(Path(sys.executable).parent / "kanwu"), "clean", "a.jsonl", "-o", "out"]

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, preexec_fn=small, check=False)
    assert done.returncode == 2
    assert b"out: cannot be written" in done.stderr
    assert os.listdir(tmp_path / "out") == [".kanwu-run"]
    assert kanwu("clean", "a.jsonl", "-o", "out").returncode == 0
    assert (tmp_path / "out/data/a.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("in", "-o", "in/out"), "lie inside in"),
        (("in", "-o", "in"), "written over in"),
        (("in/a.txt", "-o", "in"), "lies inside it"),
        (("in/a.txt", "-o", "in/a.txt"), "written over"),
        (("in", "-o", "full"), "something else"),
        (("in", "-o", "file"), "it is a file"),
        (("in", "-o", "done"), "finished run"),
        (("-", "-o", "out"), "standard input"),
        (("in", "-o", "out", "--drop", "ugly"), "expected too-short:N"),
        (("in", "-o", "out", "--drop", "near-duplicate", "--ignore", "DUP"), "not selected"),
        (("gone", "-o", "out"), "no such file"),
    ],
)
def test_what_is_refused(kanwu, words, why):
    kanwu.put("in/a.txt", "他说,好。\n")
    kanwu.put("full/mine.txt", "mine")
    kanwu.put("file", "mine")
    kanwu.put("done/manifest.json", "{}")
    before = everything(kanwu.folder)
    done = kanwu("clean", *words)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.decode().split())
    assert everything(kanwu.folder) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(kanwu):
    kanwu.put("a.txt", "他说,好。\n")
    kanwu.put("shut/mine.txt", "mine").parent.chmod(0o555)
    done = kanwu("clean", "a.txt", "-o", "shut/out")
    assert done.returncode == 2
    assert b"shut/out: cannot be written" in done.stderr


def test_another_command_does_not_take_away_what_was_published(kanwu):
    kanwu.put("a.txt", "他说,好。\n")
    kanwu.put("out/.kanwu-run/publishing", "another")
    kanwu.put("out/data/a.txt", "mine")
    done = kanwu("clean", "a.txt", "-o", "out")
    assert done.returncode == 2
    assert b"another command" in done.stderr
    assert (kanwu.folder / "out/data/a.txt").read_text("utf-8") == "mine"


def test_a_damaged_file_is_told(kanwu):
    rows = "".join(f'{{"text": "{n * 7919 % 10007}"}}\n' for n in range(20_000))
    kanwu.put("data.jsonl.gz", gzip.compress(rows.encode())[:-2000])
    done = kanwu("clean", "data.jsonl.gz", "-o", "out", "--select", "INT")
    assert done.returncode == 2
    assert b"damaged after row" in done.stderr
    (file,) = json.loads((kanwu.folder / "out/manifest.json").read_text("utf-8"))["files"]
    assert "damaged after row" in file["fault"]
    copied = gzip.decompress((kanwu.folder / "out/data/data.jsonl.gz").read_bytes())
    assert rows.encode().startswith(copied)


def test_empty_datasets_are_copied_too(kanwu):
    kanwu.put("data.jsonl", "")
    assert kanwu("clean", "data.jsonl", "-o", "out").returncode == 0
    assert (kanwu.folder / "out/data/data.jsonl").read_bytes() == b""


def test_the_copy_is_clean(kanwu):
    kanwu.put("data.jsonl", LINES * 20)
    kanwu("clean", "data.jsonl", "-o", "out")
    kanwu("clean", "out/data/data.jsonl", "-o", "again")
    copies = [kanwu.folder / out / "data/data.jsonl" for out in ("out", "again")]
    assert copies[0].read_bytes() == copies[1].read_bytes()
    assert not list((kanwu.folder / "again/removed").iterdir())


def test_chinese(kanwu):
    kanwu.put("data.jsonl", LINES)
    done = kanwu("clean", "data.jsonl", "-o", "out", "--lang", "zh")
    assert "out 中 5 行：改动 2 行，略去 0 行" in done.stderr.decode()
    (found, *_) = told(kanwu.folder / "out/findings/data.jsonl.jsonl")
    assert "连写" in found["message"]


def test_pages_are_copied_byte_for_byte_and_told(kanwu):
    page = "<!DOCTYPE html>\r\n<p>中关村<b>围绕</b>围绕&nbsp;人才。<p>他说,好。\n"
    kanwu.put("in/a.html", page.encode("gb18030"))
    kanwu.put("in/deep/b.htm", page)
    kanwu.put("in/c.txt", "他说,好。\n")
    kanwu.put("kanwu.toml", 'extensions = [".txt", ".html", ".htm"]\nselect = ["WRD", "PUN001"]\n')
    done = kanwu("clean", "in", "-o", "out", "--unsafe-fixes")
    assert done.returncode == 1
    data = kanwu.folder / "out/data"
    assert (data / "a.html").read_bytes() == page.encode("gb18030")
    assert (data / "deep/b.htm").read_bytes() == page.encode()
    assert (data / "c.txt").read_text("utf-8") == "他说，好。\n"
    found = told(kanwu.folder / "out/findings/files.jsonl")
    doubled, comma = page.index("围绕"), page.index(",")
    assert [(f["path"], f["code"], f["start"]["offset"], f["fix"]) for f in found] == [
        (path, code, offset, None)
        for path in ("in/a.html", "in/deep/b.htm")
        for code, offset in (("WRD001", doubled), ("PUN001", comma))
    ]
    assert [f["path"] for f in told(kanwu.folder / "out/removed/files.jsonl")] == ["in/c.txt"]
    assert "围绕" in (kanwu.folder / "out/corpus.html").read_text("utf-8")
