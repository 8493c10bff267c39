"""`kanwu rule`, `kanwu rules` and `kanwu config`, as they are typed."""

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from contextlib import suppress

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from kanwu.cli.main import kanwu
from kanwu.engine.discovery import PluginError, discover
from kanwu.policy.keys import KEYS, read_table
from kanwu.policy.settings import Settings
from kanwu.policy.vocabulary import Vocabulary


@pytest.fixture
def run(catalogue, folder, monkeypatch):
    monkeypatch.setattr("kanwu.engine.discovery.discover", lambda: catalogue)

    def run(*words):
        return CliRunner().invoke(kanwu, words, prog_name="kanwu", catch_exceptions=False)

    return run


# kanwu rule

PAGE = """\
# PUN001 wrong-comma

A comma is wrong.

- **Severity:** warning
- **Fix:** safe, applied by `kanwu fix`
- **By default:** on
- **Comes with:** example

It should be right.

**What it leaves alone.** Commas that are right.

## Options

In `kanwu.toml` under `[rules.wrong-comma]`, in `pyproject.toml` under `[tool.kanwu.rules.wrong-comma]`:

- `least = 3` (a whole number of at least 1): fewest commas that count
- `marks = [","]` (a list of strings): the marks that count
- `width = "full"` (one of full, half): the width that is right
- `strict = false` (true or false): whether doubtful commas count
- `share = 0.5` (a number of at least 0): share of wrong commas

## What it finds

```text
你好,世界
```

becomes

```text
你好，世界
```

(in Markdown, with `least = 2`)

```text
<U+200B>行<U+3000>尾<U+0020><U+0020>
下一行
```

is removed.

## What it does not find

```text
你好，世界
```
"""


@pytest.mark.parametrize("word", ["PUN001", "pun001", "wrong-comma", "Wrong-Comma"])
def test_a_rule_explains_itself(run, word):
    result = run("rule", word)
    assert (result.exit_code, result.stdout) == (0, PAGE)


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        (
            "PUN002",
            ["- **Severity:** info", "- **By default:** off", "selected by its own code or name"],
        ),
        ("ENC001", ["- **Fix:** none is offered"]),
        ("INT001", ["- **By default:** always on", "- **Comes with:** kanwu"]),
    ],
)
def test_a_page_says_when_the_rule_runs_and_repairs(run, word, lines):
    page = run("rule", word).stdout
    assert all(line in page for line in lines)


def test_a_rule_as_data(run):
    data = json.loads(run("rule", "wrong-comma", "--output-format", "json").stdout)
    assert (
        data.items()
        >= {
            "code": "PUN001",
            "name": "wrong-comma",
            "family": "PUN",
            "severity": "warning",
            "fix": "safe",
            "default": True,
            "origin": "example",
            "summary": "A comma is wrong.",
        }.items()
    )
    assert data["options"][0] == {
        "name": "least",
        "default": 3,
        "expected": "a whole number of at least 1",
        "help": "fewest commas that count",
    }
    assert [e["kind"] for e in data["examples"]] == ["bad", "bad", "good"]
    assert data["examples"][1] == {
        "kind": "bad",
        "text": "\u200b行\u3000尾  \n下一行",
        "fixed": "",
        "markup": "markdown",
        "options": {"least": 2},
        "beside": [],
        "encoding": "utf-8",
    }


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("wrong-coma", 'did you mean "wrong-comma"?'),
        ("PUN01", 'did you mean "PUN001"?'),
        ("pun", "the rules of this family are PUN001 wrong-comma, PUN002 wrong-dash"),
        ("完全不同", 'found "完全不同", expected the code or name of a rule'),
    ],
)
def test_an_unknown_rule_is_wrong_use(run, word, hint):
    result = run("rule", word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


# kanwu rules


def test_all_rules_are_listed(run):
    result = run("rules")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split()[:5] == ["code", "name", "severity", "fix", "default"]
    assert (
        "PUN001  wrong-comma           warning   safe    on         example     A comma is wrong."
        in lines
    )
    assert "ENC" in lines
    assert [line[:6] for line in lines if line[3:6].isdigit()] == [
        *("ENC001", "ENC002"),
        *("INT001", "INT002", "INT003", "INT004", "INT005", "INT006", "INT007", "INT008"),
        *("PUN001", "PUN002"),
    ]


def test_all_rules_as_data(run):
    rows = json.loads(run("rules", "--output-format", "json").stdout)
    assert [row["code"] for row in rows if row["origin"] == "example"] == [
        *("ENC001", "ENC002", "PUN001", "PUN002")
    ]
    assert rows[-1] == {
        "code": "PUN002",
        "name": "wrong-dash",
        "family": "PUN",
        "summary": "A dash is wrong.",
        "severity": "info",
        "fix": "unsafe",
        "default": False,
        "origin": "example",
    }


@pytest.mark.parametrize("words", [("rules",), ("rule", "PUN001"), ("config",)])
def test_a_broken_plugin_is_told(run, monkeypatch, words):
    def broken():
        raise PluginError("the plugin example cannot be loaded")

    monkeypatch.setattr("kanwu.engine.discovery.discover", broken)
    result = run(*words)
    assert result.exit_code == 2
    assert "the plugin example cannot be loaded" in result.stderr


def test_every_rule_there_is_has_a_page(folder):
    for rule in discover():
        result = CliRunner().invoke(kanwu, ["rule", rule.name])
        assert result.exit_code == 0, result.output
        hidden = {c for c in result.stdout if not c.isprintable()} - {"\n"}
        assert not hidden, f"{rule.code}: {hidden!r}"


# kanwu config

SETTINGS = """\
# Settings for old/a.txt
# Configuration file: kanwu.toml
# Patterns and relative folders refer to .

extend = []  # default
# select: every rule that is on by default  # default
extend-select = ["wrong-dash"]  # kanwu.toml
ignore = ["ENC"]  # command line
per-file-ignores = {"old/**" = ["PUN001"]}  # kanwu.toml
suppressions = []  # default
severity = {PUN = "error"}  # kanwu.toml
rules = {wrong-comma = {marks = [","]}}  # kanwu.toml
rule-files = []  # default
exclude = []  # default
extend-exclude = []  # default
extensions = [".txt", ".md", ".markdown"]  # default
respect-ignore-files = true  # default
text-fields = ["text"]  # default
text-markup = "plain"  # default
# id-field: none: rows have their numbers alone  # default
corpus = []  # default
fail-on = "warning"  # default
cache-dir = "{folder}/.kanwu_cache"  # default
baseline = "{folder}/kanwu-baseline.json"  # default

# Rules that apply:
# PUN002 wrong-dash  error   extend-select "wrong-dash"

# Rules that do not apply:
# ENC001 lost-byte   error   ignore "ENC"
# ENC002 odd-byte    warning ignore "ENC"
# PUN001 wrong-comma error   per-file-ignores
"""


@pytest.fixture
def article(folder):
    (folder / "kanwu.toml").write_text(
        "extend-select = ['wrong-dash']\nper-file-ignores = {'old/**' = ['PUN001']}\n"
        "severity.PUN = 'error'\nrules.wrong-comma.marks = [',']",
        encoding="utf-8",
    )
    (folder / "old").mkdir()
    (folder / "old" / "a.txt").touch()
    return "old/a.txt"


def test_settings_are_shown_with_where_they_come_from(run, folder, article):
    result = run("config", article, "--ignore", "ENC")
    assert result.exit_code == 0
    assert result.stdout == SETTINGS.replace("{folder}", str(folder))


def test_shown_settings_are_a_configuration_file(run, folder, article, catalogue):
    text = run("config", article).stdout
    values = read_table(tomllib.loads(text), Vocabulary(catalogue))
    again = Settings(str(folder), **values)
    assert again.per_file_ignores == (("old/**", ("PUN001",)),)
    assert again.rules == (("wrong-comma", (("marks", (",",)),)),)


def test_settings_as_data(run, folder, article):
    result = run("config", article, "--select", "PUN,ENC002", "--output-format", "json")
    data = json.loads(result.stdout)
    assert data["path"] == article
    assert data["source"] == str(folder / "kanwu.toml")
    assert list(data["settings"]) == list(KEYS)
    assert data["settings"]["select"] == {
        "value": ["PUN", "ENC002"],
        "origin": ["command line"],
        "items": {"command line": ["PUN", "ENC002"]},
    }
    assert data["settings"]["severity"] == {
        "value": {"PUN": "error"},
        "origin": ["kanwu.toml"],
        "items": {"kanwu.toml": ["PUN"]},
    }
    assert {rule["code"]: (rule["applies"], rule["why"]) for rule in data["rules"]} == {
        "ENC001": (False, "not selected"),
        "ENC002": (True, 'select "ENC002"'),
        "PUN001": (False, "per-file-ignores"),
        "PUN002": (False, "off by default"),
    }


def test_settings_of_a_folder_are_those_of_the_files_in_it(run, folder, article):
    (folder / "old" / "kanwu.toml").touch()
    assert "# Configuration file: old/kanwu.toml" in run("config", "old").stdout
    assert "# Configuration file: kanwu.toml" in run("config").stdout
    assert "# Configuration file: none" in run("config", "--isolated", article).stdout
    assert (
        "# Configuration file: kanwu.toml" in run("config", "--config", "kanwu.toml", "old").stdout
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--select", "PUNN"), '--select: found "PUNN"'),
        (("missing.txt",), "missing.txt"),
        (("--isolated", "--config", "kanwu.toml"), "contradict"),
        (("old",), 'old/kanwu.toml: found the key "ignor"'),
    ],
)
@pytest.mark.usefixtures("article")
def test_wrong_use_of_config(run, folder, words, message):
    (folder / "old" / "kanwu.toml").write_text("ignor = []", encoding="utf-8")
    result = run("config", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_all_keys_are_explained(run):
    page = run("config", "--keys").stdout
    for key in KEYS.values():
        assert f"## {key.name}\n\n{key.help}\n" in page


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.name)
def test_every_example_of_a_key_can_be_used(key):
    values = read_table(tomllib.loads(key.example), Vocabulary(discover()))
    assert list(values) == [key.field]
    assert values[key.field] != getattr(Settings("/work"), key.field)


@pytest.mark.parametrize("command", ["rule", "rules", "config"])
def test_help_has_examples(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    kanwu {command}" in result.stdout


def test_what_an_encoding_lacks_is_escaped(folder):
    (folder / "a\nb.txt").touch()
    for words, shown in (
        (["rule", "replacement-character"], "\\ufffd"),
        (["config", "a\nb.txt"], "<U+000A>"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "kanwu", *words],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "gbk"},
        )
        assert shown in done.stdout.decode("gbk")
        assert done.stderr == b""


@pytest.mark.parametrize(
    "words", [["rules"], ["rule", "replacement-character"], ["config", "--keys"]], ids=" ".join
)
def test_a_terminal_gets_it_rendered(folder, words):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kanwu", *words],
        stdout=theirs,
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    shown = b""
    # Linux ends a closed terminal with an error, others with nothing.
    with suppress(OSError):
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    assert process.wait() == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    assert text != shown.decode()
    assert "replacement-character" in text or "respect-ignore-files" in text
    assert max(map(cell_len, text.splitlines())) <= 80
