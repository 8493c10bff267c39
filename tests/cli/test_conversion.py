"""Files in other encodings, from the folder to the folder."""

import json
import subprocess

import pytest

from kanwu.documents.transcoding import write

TEXT = (
    "今天的天气非常好，我们在公园里走了很久。\n\n"
    "他说,这是第一句,也是最后一句,就这样吧。记者了解到,今年的项目比去年增加了三成。\n"
)
FIXED = TEXT.replace(",", "，")
TRADITIONAL = "今天的天氣非常好，我們在公園裡走了很久。換成另一種說法，也是一樣。\n"


def test_a_folder_is_converted(kanwu):
    gbk = kanwu.put("甲/gbk.txt", TEXT.encode("gbk"))
    big5 = kanwu.put("乙/big5.md", TRADITIONAL.encode("big5"))
    euc = kanwu.put("乙/euc.txt", write("euc-tw", TRADITIONAL))
    wide = kanwu.put("utf-16.txt", TEXT.encode("utf-16"))
    marked = kanwu.put("marked.txt", TRADITIONAL.encode("utf-8-sig"))
    utf8 = kanwu.put("utf-8.txt", TRADITIONAL)
    gbk.chmod(0o640)
    found = kanwu("check", ".", "--select", "ENC002", "--output-format", "jsonl").stdout
    told = {f["path"]: f for f in map(json.loads, found.decode().splitlines())}
    assert {path: f["evidence"]["encoding"] for path, f in told.items()} == {
        "甲/gbk.txt": "GB18030",
        "乙/big5.md": "Big5",
        "乙/euc.txt": "EUC-TW",
        "utf-16.txt": "UTF-16LE",
    }
    fix = told["甲/gbk.txt"]["fix"]
    assert (fix["safety"], fix["edits"], fix["encoding"]) == ("safe", [], "utf-8")
    assert told["甲/gbk.txt"]["severity"] == "warning"

    done = kanwu("fix", ".", "--removed", "removed.jsonl")
    assert done.returncode == 0, done.stdout.decode()
    assert gbk.read_bytes() == wide.read_bytes() == FIXED.encode()
    assert big5.read_bytes() == euc.read_bytes() == utf8.read_bytes() == TRADITIONAL.encode()
    assert marked.read_bytes() == TRADITIONAL.encode("utf-8-sig")
    assert gbk.stat().st_mode & 0o777 == 0o640
    rows = [json.loads(line) for line in (kanwu.folder / "removed.jsonl").read_text().splitlines()]
    assert {row["removed"] for row in rows} == {","}
    assert b"no findings" in kanwu("check", ".", "--ignore", "ENC003").stderr


def test_the_mark_goes_where_its_rule_is_chosen(kanwu):
    path = kanwu.put("a.txt", TRADITIONAL.encode("utf-8-sig"))
    assert kanwu("fix", "--diff", ".").returncode == 0
    done = kanwu("fix", "--diff", "--select", "byte-order-mark", ".")
    assert done.returncode == 1
    assert done.stdout.decode().startswith(
        "a.txt: UTF-8 with a byte-order mark to UTF-8\n--- a/a.txt"
    )
    assert kanwu("fix", ".", "--select", "byte-order-mark").returncode == 0
    assert path.read_bytes() == TRADITIONAL.encode()


def test_standard_input_is_converted(kanwu):
    done = kanwu("fix", "-", stdin=TEXT.encode("gb18030"))
    assert done.stdout == FIXED.encode()
    assert b"fixed " in done.stderr


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "hz"])
def test_the_diff_is_one_that_git_applies(kanwu, codec):
    text = TRADITIONAL if codec == "big5hkscs" else FIXED
    path = kanwu.put("好.txt", f"plain\n{text}plain\n".encode(codec))
    before = path.read_bytes()
    done = kanwu("fix", "--diff", ".")
    assert done.returncode == 1
    assert b" to UTF-8\n--- " in done.stdout
    assert path.read_bytes() == before
    subprocess.run(["git", "init", "-q"], cwd=kanwu.folder, check=True)
    apply = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(apply, input=done.stdout, cwd=kanwu.folder, check=True)
    applied = path.read_bytes()
    path.write_bytes(before)
    kanwu("fix", ".")
    assert path.read_bytes() == applied == f"plain\n{text}plain\n".encode()


def test_the_diff_names_a_conversion_that_changes_no_line(kanwu):
    kanwu.put("a.txt", TRADITIONAL.encode("utf-16-le"))
    for color in ("never", "always"):
        done = kanwu("fix", "--diff", "--color", color, ".")
        assert done.returncode == 1
        assert done.stdout == b"a.txt: UTF-16LE to UTF-8\n"


def test_what_is_not_sure_waits_until_it_is_asked_for(kanwu):
    data = TEXT.encode("gb18030") + b"\xff\n" + TEXT.encode("gb18030")
    path = kanwu.put("a.txt", data)
    assert kanwu("fix", ".", "--select", "ENC").returncode == 1
    assert path.read_bytes() == data
    done = kanwu("fix", ".", "--select", "ENC", "--unsafe-fixes", "--output-format", "concise")
    assert done.returncode == 1
    assert path.read_bytes() == TEXT.encode() + b"\xff\n" + TEXT.encode()
    assert done.stdout.decode().startswith("a.txt:4:1: ENC001 0xFF cannot be decoded as UTF-8")
