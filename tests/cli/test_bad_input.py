"""Input that nobody wishes for: a clear message or finding, the right exit status, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HALF = "他说,这是第一句,也是最后一句,就这样吧。"
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def check(kanwu, *words):
    done = kanwu("check", *words, "--output-format", "jsonl")
    assert b"Traceback" not in done.stderr
    return done, [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n  ",
        b"\n" * 1000,
        "没有换行结尾。".encode(),
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r\r\r",
    ],
    ids=["empty", "blank", "newlines", "no-final-newline", "only-bom", "only-utf16-bom", "only-cr"],
)
def test_harmless_oddities_are_silent_and_stay_as_they_are(kanwu, content):
    path = kanwu.put("a.txt", content)
    done, findings = check(kanwu, "a.txt")
    assert (done.returncode, findings) == (0, [])
    kanwu("fix", "--unsafe-fixes", "a.txt")
    assert path.read_bytes() == content


def test_few_nul_bytes_are_text_and_are_kept(kanwu):
    path = kanwu.put("a.txt", (HALF * 20).encode() + b"\x00" + HALF.encode())
    assert kanwu("fix", "--ignore", "control-character", "a.txt").returncode == 0
    assert path.read_bytes().count(b"\x00") == 1


def test_binary_is_passed_over_in_a_folder_and_told_when_named(kanwu):
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40
    kanwu.put("picture.txt", png)
    done, findings = check(kanwu, ".")
    assert (done.returncode, findings) == (0, [])
    done, findings = check(kanwu, "picture.txt")
    assert done.returncode == 2
    assert "binary" in findings[0]["message"]


def test_invalid_utf8_is_found_where_it_stands(kanwu):
    kanwu.put("a.txt", "第一行。\n第二".encode() + b"\xe4\xb8" + "行也完整。\n".encode())
    done, findings = check(kanwu, ".")
    assert done.returncode == 1
    (finding,) = findings
    assert (finding["code"], finding["severity"]) == ("ENC001", "error")
    assert finding["start"] == {"line": 2, "column": 3, "offset": 7}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
def test_other_encodings_are_read(kanwu, encoding):
    text = "今天的天气非常好，我们在公园里走了很久。围绕围绕高端人才开展工作。\n" * 3
    kanwu.put("a.txt", text.encode(encoding))
    _, findings = check(kanwu, "--select", "WRD", ".")
    assert {f["start"]["line"] for f in findings} == {1, 2, 3}


@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_unreadable_file_is_a_finding_in_a_folder_and_status_2_when_named(kanwu):
    kanwu.put("a.txt", HALF).chmod(0)
    done, findings = check(kanwu, ".")
    assert (done.returncode, findings[0]["code"]) == (1, "INT002")
    done, findings = check(kanwu, "a.txt")
    assert (done.returncode, findings[0]["code"]) == (2, "INT002")


def test_file_that_vanishes_after_it_was_found_is_a_finding(tmp_path, monkeypatch):
    from kanwu.api import check_paths
    from kanwu.session import shards

    path = tmp_path / "a.txt"
    path.write_text(HALF)
    load = shards.load

    def vanish(source):
        path.unlink()
        return load(source)

    monkeypatch.setattr(shards, "load", vanish)
    (finding,) = check_paths([tmp_path])
    assert finding.code == "INT002"
    assert "no such file" in str(finding.message)


def test_loops_and_broken_links_do_not_disturb(kanwu):
    kanwu.put("a/b/c.txt", HALF)
    (kanwu.folder / "a" / "b" / "loop").symlink_to(kanwu.folder / "a")
    (kanwu.folder / "a" / "broken.txt").symlink_to("nowhere.txt")
    (kanwu.folder / "a" / "self.txt").symlink_to("self.txt")
    done, findings = check(kanwu, ".")
    assert {f["path"] for f in findings} == {"a/b/c.txt"}
    done, findings = check(kanwu, "a/broken.txt", "a/self.txt")
    assert done.returncode == 2
    assert [f["code"] for f in findings] == ["INT002", "INT002"]


@pytest.mark.parametrize("line", ["!", "/", "[", "***", "\\", "\u2028*"])
def test_odd_lines_of_an_ignore_file_are_passed_over(kanwu, line):
    kanwu.put(".gitignore", f"{line}\nold.txt\n")
    kanwu.put("old.txt", HALF)
    kanwu.put("deep/new.txt", HALF)
    done, findings = check(kanwu, ".")
    assert "old.txt" not in {f["path"] for f in findings}
    assert done.returncode in {0, 1}


def test_folder_called_like_an_ignore_file_ignores_nothing(kanwu):
    kanwu.put(".gitignore/a", "*")
    kanwu.put("a.txt", HALF)
    _, findings = check(kanwu, ".")
    assert {f["path"] for f in findings} == {"a.txt"}


def test_ignore_file_that_cannot_be_read_is_told_and_nothing_is_guessed(kanwu):
    (kanwu.folder / ".gitignore").symlink_to(".gitignore")
    kanwu.put("a.txt", HALF)
    done = kanwu("check", ".")
    assert done.returncode == 2
    assert ".gitignore cannot be read" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name", ["a b.txt", "逗,号.txt", "-dash.txt", "new\nline.txt", "%s{0}.txt", "'\".txt"]
)
def test_odd_names_are_fine(kanwu, name):
    path = kanwu.put(name, HALF)
    _, findings = check(kanwu, ".")
    assert {f["path"] for f in findings} == {name}
    for output_format in ("concise", "full"):
        out = kanwu("check", ".", "--output-format", output_format).stdout.decode()
        assert "\nline.txt" not in out, "a file name forges a line of its own"
    assert kanwu("fix", "--", name).returncode == 0
    assert "，" in path.read_text()


def test_name_that_is_not_utf8_is_fine(kanwu):
    name = os.fsencode(str(kanwu.folder)) + b"/\xff\xfe.txt"
    try:
        with open(name, "wb") as file:
            file.write(HALF.encode())
    except OSError:
        pytest.skip("this file system refuses such names")
    for output_format in ("jsonl", "json", "concise", "full"):
        done = kanwu("check", ".", "--output-format", output_format)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
    assert kanwu("fix", ".").returncode == 0


def test_named_pipe_in_a_folder_is_passed_over(kanwu):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(kanwu.folder / "pipe.txt")
    assert kanwu("check", ".", timeout=20).returncode == 0


def test_folders_deeper_than_the_stack(kanwu):
    here = os.getcwd()
    os.chdir(kanwu.folder)
    try:
        for _ in range(1200):
            os.mkdir("d")
            os.chdir("d")
        with open("a.txt", "w") as file:
            file.write(HALF)
    finally:
        os.chdir(here)
    done, findings = check(kanwu, ".")
    # Python's own removal of folders is recursive up to 3.12, and would fail on these.
    subprocess.run(["rm", "-rf", str(kanwu.folder / "d")], check=True)
    assert done.returncode == 1
    assert findings


def test_very_long_line_and_very_many_lines(kanwu):
    kanwu.put("long.txt", "这是一个没有任何标点的很长的段落" * 60_000 + "\n" + HALF)
    kanwu.put("many.txt", "短行\n" * 300_000 + HALF)
    _, findings = check(kanwu, "--select", "PUN,ENC,TRU", ".")
    assert {f["path"] for f in findings} == {"long.txt", "many.txt"}


def test_output_that_nobody_reads_to_its_end(kanwu):
    for number in range(200):
        kanwu.put(f"{number}.txt", "一\ufffd二\n" * 50)
    command = (
        f"'{Path(sys.executable).parent / 'kanwu'}' check . --output-format concise | head -n 1"
    )
    done = subprocess.run(["sh", "-c", command], cwd=kanwu.folder, capture_output=True, check=True)
    assert b"Traceback" not in done.stderr
