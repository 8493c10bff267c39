"""What makes every day easier: counts by file, explanations, completion, questions after mistakes,
colours, and consoles that lack characters."""

import json
import os
import shutil
import subprocess

import pytest

DOUBLED = "他们围绕围绕中心工作展开讨论。\n"


@pytest.fixture
def folder(kanwu):
    kanwu.put("a/one.txt", DOUBLED * 2 + "他说,这是第一句。\n")
    kanwu.put("a/two.txt", DOUBLED)
    kanwu.put("a/clean.txt", "今天天气很好。\n")
    return kanwu


def test_findings_are_counted_by_rule_and_by_file(folder):
    said = folder("check", "--select", "WRD,PUN001", "--statistics").stdout.decode()
    rules, files = said.split("\n\n")
    assert [line.split()[:2] for line in rules.splitlines()] == [["3", "WRD001"], ["1", "PUN001"]]
    assert [line.split()[:2] for line in files.splitlines()] == [
        ["3", "a/one.txt"],
        ["1", "a/two.txt"],
    ]
    words = ("check", "--select", "WRD,PUN001", "--statistics", "--output-format")
    told = json.loads(folder(*words, "json").stdout)
    assert told["files"] == [
        {
            "path": f"a/{name}.txt",
            "findings": findings,
            "error": 0,
            "warning": findings,
            "info": 0,
            "fixable": fixable,
            "fixable_unsafe": findings - fixable,
        }
        for name, findings, fixable in (("one", 3, 1), ("two", 1, 0))
    ]
    assert sum(row["findings"] for row in told["files"]) == told["summary"]["findings"]
    rows = [json.loads(line) for line in folder(*words, "jsonl").stdout.splitlines()]
    assert rows == told["statistics"] + told["files"]


def test_of_many_files_those_with_most_findings_are_listed(kanwu):
    for number in range(23):
        kanwu.put(f"{number:02}.txt", DOUBLED * (1 + (number == 7)))
    said = kanwu("check", "--select", "WRD001", "--statistics").stdout.decode().splitlines()
    assert said[2].split()[:2] == ["2", "07.txt"]
    assert len(said) == 2 + 20 + 1
    assert said[-1] == "3  in 3 other files"


def test_a_finding_is_explained(folder):
    said = folder("check", "--explain", "a/two.txt").stdout.decode()
    assert "= why: " in said
    assert "= evidence: word “围绕”\n" in said
    assert "= more: kanwu rule WRD001\n" in said
    assert "= why: " not in folder("check", "a/two.txt").stdout.decode()
    done = folder("check", "--explain", "--output-format", "json")
    assert done.returncode == 2
    assert b"in the format full" in done.stderr


def test_evidence_is_told_in_words():
    from kanwu.reporters.evidence import told

    assert told({"ends-with": "海", "confidence": 0.5, "sure": True, "none": None}) == (
        "ends with “海”; confidence 0.5; sure yes; none none"
    )
    assert told({"kinds": {"qq": 30}, "lines": list(range(10)), "found": []}) == (
        "kinds qq 30; lines 0, 1, 2, 3, 4, 5, 6, 7 and 2 more; found none"
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("che", ["check"]),
        ("check --stati", ["--statistics"]),
        ("check --select WRD0", ["WRD001", "WRD002"]),
        ("check --ignore ENC,doubl", ["ENC,doubled-word"]),
        ("check --output-format full,sa", ["full,sarif"]),
        ("rule half-", ["half-width-punctuation"]),
        ("completion f", ["fish"]),
        ("init --preset new", ["newspaper"]),
        ("no-such-command x", []),
    ],
)
def test_a_shell_completes(kanwu, typed, offered):
    words = typed.split()
    env = {
        **os.environ,
        "_KANWU_COMPLETE": "bash_complete",
        "COMP_WORDS": f"kanwu {typed}",
        "COMP_CWORD": str(len(words)),
    }
    done = kanwu(env=env)
    assert done.stderr == b""
    lines = filter(None, done.stdout.decode().splitlines())
    assert [line.partition(",")[2] for line in lines] == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(kanwu, shell):
    script = kanwu("completion", shell).stdout.decode()
    assert "_KANWU_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n", "-c", script], check=True, timeout=60)
    assert b"'powershell'" in kanwu("completion", "bsh").stderr


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (("chekc",), "Did you mean check?"),
        (("check", "--statistic"), "--statistics"),
        (("check", "--select", "dubled-word"), 'did you mean "doubled-word"?'),
        (("rule", "WRD01"), 'did you mean "WRD001"?'),
        (("check", "a/oen.txt"), "did you mean a/one.txt?"),
        (("check", "aa/"), "did you mean a?"),
    ],
)
def test_mistakes_are_answered_with_a_question(folder, words, question):
    done = folder(*words)
    assert done.returncode == 2
    assert question in done.stdout.decode() + done.stderr.decode()


def test_a_misspelled_key_is_answered_with_a_question(folder):
    folder.put("kanwu.toml", "ignroe = []\n")
    assert b'did you mean "ignore"?' in folder("check").stderr


@pytest.mark.parametrize("encoding", ["cp1252", "gbk"])
def test_what_a_console_lacks_is_escaped(folder, encoding):
    folder.put("文章 𠮷😀.txt", DOUBLED + "😀𠮷\u200b坏\n")
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for words in (
        ("--help",),
        ("check", "--select", "ALL", "--explain"),
        ("check", "--output-format", "concise"),
        ("check", "--output-format", "github"),
        ("fix", "--diff", "--unsafe-fixes"),
        ("rule", "doubled-word"),
        ("config",),
        ("figures",),
        ("check", "没有.txt"),
        ("没有",),
    ):
        done = folder(*words, env=env)
        assert b"Traceback" not in done.stderr, (words, done.stderr.decode())
        assert b"UnicodeEncodeError" not in done.stderr
        # A diff is in the encoding of its file, and programs read UTF-8.
        done.stdout.decode("utf-8" if {"github", "--diff"} & {*words} else encoding)
    lines = folder("check", "--output-format", "jsonl", env=env).stdout.decode().splitlines()
    assert "文章 𠮷😀.txt" in {json.loads(line)["path"] for line in lines}


def test_colours_follow_the_environment_and_the_option(folder):
    def colored(*words, **variables):
        env = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
        return b"\x1b[" in folder("check", *words, env=env | variables).stdout

    assert not colored()
    assert colored(FORCE_COLOR="1")
    assert not colored(FORCE_COLOR="1", NO_COLOR="1")
    assert colored("--color", "always", NO_COLOR="1")
    assert not colored("--color", "never", FORCE_COLOR="1")


def test_paths_of_windows_are_shown_with_slashes(monkeypatch):
    from kanwu.documents import walking

    monkeypatch.setattr(walking.os, "sep", "\\")
    assert walking.displayed("C:\\work\\文章\\a.txt", "C:\\work\\") == "文章/a.txt"
    assert walking.displayed("D:\\b\\a.txt", "C:\\work\\") == "D:/b/a.txt"
    assert walking.displayed("C:\\work", "C:\\work\\") == "."


def test_a_report_that_another_program_holds_open_is_not_lost(folder, monkeypatch):
    """On Windows a file that is open cannot be replaced."""
    import click

    from kanwu.cli import outputs

    def refuse(*names):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(outputs.os, "replace", refuse)
    monkeypatch.chdir(folder.folder)
    (folder.folder / "old.json").write_text("old")
    with (
        pytest.raises(click.UsageError, match=r"old.json: cannot be written: Access is denied"),
        outputs.opened("old.json", None) as file,
    ):
        file.write("new")
    assert (folder.folder / "old.json").read_text() == "old"
    assert not list(folder.folder.glob("*.tmp"))


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "fix",
        "baseline",
        "rule",
        "rules",
        "figures",
        "config",
        "index",
        "cache",
        "completion",
    ],
)
def test_every_help_shows_examples(kanwu, command):
    said = kanwu(command, "--help").stdout.decode()
    assert f"  kanwu {command}" in said.partition("Example")[2]
    if command in {"check", "fix"}:
        assert "--no-cache" in said
    if command == "check":
        assert "Exit status: 0" in said
