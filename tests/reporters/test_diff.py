"""`--diff`: what git and patch make of it is what `fix` would write."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess

import pytest

from kanwu.documents.decoding import decode, encode
from kanwu.documents.document import Encoding
from kanwu.reporters.alignment import changed_blocks
from kanwu.reporters.diff import write_diff

BLANK = "甲段落，很长。\n\n"


def diff(path, old, new, encoding=None):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\r\n")
    assert write_diff(stream, path, old, new, encoding) == (old != new)
    stream.flush()
    return raw.getvalue()


def coloured(old, new):
    stream = io.StringIO()
    write_diff(stream, "甲.txt", old, new, color=True)
    return stream.getvalue()


@pytest.fixture
def repository(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "config", "core.autocrlf", "false"], check=True)
    return tmp_path


def apply(repository, patch):
    done = subprocess.run(
        ["git", "-C", repository, "apply", "--whitespace=nowarn", "-"],
        input=patch,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


CASES = {
    "one line": ("他说,好。\n", "他说，好。\n"),
    "many": (BLANK * 30 + "他说,好。\n\n" + BLANK * 30, BLANK * 30 + "他说，好。\n\n" + BLANK * 30),
    "crlf": ("甲,乙\r\n\r\n丙\r\n", "甲，乙\r\n\r\n丙\r\n"),
    "crlf to lf": ("甲\r\n乙\r\n丙\n", "甲\n乙\n丙\n"),
    "lone carriage return": ("甲,\r乙\r丙\n丁\n", "甲，\r乙\r丙\n丁\n"),
    "separators inside a line": (
        "甲,\u2028乙\x0b\x0c\x1c\x85\u2029丙\n丁",
        "甲，\u2028乙\x0b\x0c\x1c\x85\u2029丙\n丁",
    ),
    "no final newline": ("甲\n乙,丙", "甲\n乙，丙"),
    "final newline added": ("甲\n乙", "甲\n乙\n"),
    "final newline removed": ("甲\n乙\n", "甲\n乙"),
    "unchanged last line without newline": ("甲,\n乙", "甲，\n乙"),
    "joined paragraphs": ("深港穗创\n\n新集群。\n\n尾\n", "深港穗创新集群。\n\n尾\n"),
    "lines removed": ("甲\n广告\n广告\n乙\n", "甲\n乙\n"),
    "everything removed": ("广告\n", ""),
    "made of nothing": ("", "甲\n"),
    "two places far apart": ("甲,\n" + "乙\n" * 20 + "丙,\n", "甲，\n" + "乙\n" * 20 + "丙，\n"),
    "two places near": ("甲,\n" + "乙\n" * 6 + "丙,\n", "甲，\n" + "乙\n" * 6 + "丙，\n"),
    "undecodable bytes": ("甲\udce4,乙\n", "甲\udce4，乙\n"),
    "signs at line starts": (
        "--- a\n+++ b\n@@ -1 +1 @@\n\\ No\n甲,\n",
        "--- a\n+++ b\n@@ -1 +1 @@\n\\ No\n甲，\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_git_applies_it(repository, name):
    old, new = CASES[name]
    target = repository / "文章.txt"
    target.write_bytes(encode(old, Encoding()))
    apply(repository, diff("文章.txt", old, new))
    assert target.read_bytes() == encode(new, Encoding())


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("name", [name for name in CASES if name != "everything removed"])
def test_patch_applies_it(tmp_path, name):
    old, new = CASES[name]
    target = tmp_path / "文章.txt"
    target.write_bytes(encode(old, Encoding()))
    command = ["patch", "--binary", "-s", "-p1", "-d", tmp_path]
    done = subprocess.run(
        command, input=diff("文章.txt", old, new), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()
    assert target.read_bytes() == encode(new, Encoding())


@pytest.mark.parametrize(
    "encoding",
    [
        Encoding("utf-8", b"\xef\xbb\xbf"),
        Encoding("gb18030"),
        Encoding("gb18030", b"\x84\x31\x95\x33"),
        Encoding("big5hkscs"),
    ],
)
def test_files_in_other_encodings_are_patched_in_theirs(repository, encoding):
    old, new = "他說,好。\n\n第二段\n", "他說，好。\n\n第二段\n"
    target = repository / "a.txt"
    target.write_bytes(encode(old, encoding))
    apply(repository, diff("a.txt", old, new, encoding))
    assert target.read_bytes() == encode(new, encoding)


def test_utf16_is_shown_as_utf8():
    shown = diff("a.txt", "甲,\n", "甲，\n", Encoding("utf-16-le", b"\xff\xfe"))
    assert "+\ufeff甲，\n".encode() in shown


@pytest.mark.parametrize(
    "path", ["名 字.txt", 'a"b.txt', "a\\b.txt", "文\t章.txt", "文\n章.txt", "\udce4.txt"]
)
def test_odd_file_names(repository, path):
    target = repository / path
    target.write_bytes(b"a,\n")
    apply(repository, diff(path, "a,\n", "b\n"))
    assert target.read_bytes() == b"b\n"


def test_random_changes_of_many_files_apply(repository):
    pick = random.Random(7)
    wanted, patch = {}, b""
    for number in range(150):
        size = pick.randrange(30)
        old = [
            pick.choice(["甲,", "乙", "", "丙\r", "丁\u2028,"])
            + str(pick.randrange(4)) * pick.randrange(2)
            for _ in range(size)
        ]
        new = [
            pick.choice(["", line, line.replace(",", "，"), line + "\n新"])
            for line in old
            if pick.random() > 0.1
        ]
        ends = pick.choice(["", "\n"]), pick.choice(["", "\n"])
        before, after = "\n".join(old) + ends[0], "\n".join(new) + ends[1]
        path = f"{number}.txt"
        (repository / path).write_bytes(before.encode())
        wanted[path] = after.encode()
        patch += diff(path, before, after)
    apply(repository, patch)
    assert {path: (repository / path).read_bytes() for path in wanted} == wanted


def test_nothing_changed_is_no_diff():
    assert diff("a.txt", "甲\n", "甲\n") == b""


def test_a_file_changed_in_every_paragraph_is_told_paragraph_by_paragraph():
    old = "".join(f"第{n}段,第一句,第二句。\n\n" for n in range(300))
    shown = diff("a.txt", old, old.replace(",", "，")).decode().splitlines()
    rows = [line for line in shown if line.startswith(("-第", "+第"))]
    assert [row[1:].replace(",", "，") for row in rows[::2]] == [row[1:] for row in rows[1::2]]
    assert len(rows) == 600


def test_lines_whose_letters_stayed_are_paired():
    old = [b"a,\n", b"\n", b"b\n", b"\n", b"c,\n"]
    new = [b"a\n", b"\n", b"c\n"]
    keys = [[line.decode().strip("\n,") for line in side] for side in (old, new)]
    assert changed_blocks(old, new, *keys) == [(0, 1, 0, 1), (2, 5, 2, 3)]


def test_colour_shows_which_part_of_a_line_changed():
    shown = coloured("他说,好。\r\n", "他说，好。\r\n")
    assert "\x1b[31m-\x1b[0m\x1b[31m他说\x1b[0m\x1b[7;31m,\x1b[0m\x1b[31m好。\x1b[0m\n" in shown
    assert "\x1b[32m+\x1b[0m\x1b[32m他说\x1b[0m\x1b[7;32m，\x1b[0m\x1b[32m好。\x1b[0m\n" in shown


def test_colour_shows_what_cannot_be_seen_and_obeys_no_control_character():
    shown = coloured("甲\u200b乙\x1b[2J\r\n", "甲乙\x1b[2J\n")
    assert "<U+200B>" in shown
    assert "<U+000D>" in shown
    assert "<U+001B>[2J" in shown
    assert not re.search(r"\x1b(?!\[[\d;]*m)", shown)


@pytest.mark.parametrize("name", CASES)
def test_colour_tells_the_same_lines(name):
    old, new = CASES[name]
    plain = [line[:1] for line in diff("甲.txt", old, new).split(b"\n")]
    shown = [
        line[:1] for line in re.sub(r"\x1b\[[\d;]*m", "", coloured(old, new)).encode().split(b"\n")
    ]
    assert shown == plain


def test_a_decoded_file_comes_back_byte_for_byte(repository):
    data = "头\r\n他说,好。\n".encode("gb18030") + b"\xff\n" + "尾".encode("gb18030")
    text, encoding = decode(data)
    target = repository / "a.txt"
    target.write_bytes(data)
    apply(repository, diff("a.txt", text, text.replace(",", "，"), encoding))
    assert decode(target.read_bytes()).text == text.replace(",", "，")
