"""Plugins: installed by pip, run through the real command, and what becomes of bad ones."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import pytest

from kanwu import Bad, EveryDocument, Good, Literals, Rule, place
from kanwu.documents.document import Document
from kanwu.engine import time_limits
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.linting import Linter
from kanwu.engine.rule import CorpusRule, Record
from kanwu.testing import verify, verify_growth

PLUGINS = Path(__file__).parent / "plugins"


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_example_is_installed_by_pip_and_keeps_its_own_tests(plugin_environment):
    # What is tested is what pip installed: the folder of the tests holds no package.
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=PLUGINS / "example" / "tests",
        env={**plugin_environment, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()
    assert b"4 passed" in done.stdout


def test_installed_rules_run_and_compare(kanwu, plugin_environment):
    kanwu.put("a.txt", "论坛开幕\n\n我们使用到新方法。\n")
    kanwu.put("b.txt", "论坛开幕\n\n会议昨日结束。\n")
    for jobs in ("1", "2"):
        words = ("check", ".", "--select", "EXA", "--output-format", "jsonl", "--jobs", jobs)
        done = kanwu(*words, env=plugin_environment)
        assert [(f["path"], f["code"]) for f in lines(done)] == [
            ("a.txt", "EXA001"),
            ("b.txt", "EXA002"),
        ]
    assert kanwu("fix", "a.txt", env=plugin_environment).returncode == 0
    assert "我们使用新方法。" in (kanwu.folder / "a.txt").read_text()


def test_every_rule_says_where_it_comes_from(kanwu, plugin_environment):
    from kanwu import __version__

    kanwu.put(
        "house.toml",
        '[[rule]]\ncode = "SHO001"\nname = "shop"\nsummary = "A shop."\nlines = [{equals = ["甲"]}]\n',
    )
    kanwu.put("kanwu.toml", 'rule-files = ["house.toml"]\n')
    done = kanwu("rules", "--output-format", "json", env=plugin_environment)
    origins = {row["code"]: row["origin"] for row in json.loads(done.stdout)}
    assert origins["EXA001"] == "kanwu-example 1.0"
    assert origins["SHO001"] == "house.toml"
    assert origins["ENC001"] == origins["INT001"] == f"kanwu {__version__}"
    table = kanwu("rules", env=plugin_environment).stdout.decode().splitlines()
    assert any(line.startswith("EXA001") and "kanwu-example 1.0" in line for line in table)
    page = kanwu("rule", "EXA001", env=plugin_environment).stdout.decode()
    assert "**Comes with:** kanwu-example 1.0" in page


# Rules that misbehave

MISDEEDS = {
    "越界": "stands from 0 to",
    "编辑": "an edit from 0 to",
    "重叠": "overlaps the one before it",
    "字符串": "a value of type str where a Finding was expected",
    "空": "yielded None where a Finding was expected",
    "文字": "the message is a value of type str where a Message was expected",
    "他人": "a finding of 'PUN001', which is another rule",
    "退出": "SystemExit: 0",
    "参数": "KeyError: 'what'",
    "无数": "yielded more than",
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_no_finding_is_told_and_the_run_goes_on(kanwu, plugin_environment, jobs):
    for word in MISDEEDS:
        kanwu.put(f"{word}.txt", f"做坏事{word} 一\ufffd二\n")
    words = ("check", ".", "--output-format", "jsonl", "--jobs", jobs)
    done = kanwu(*words, env=plugin_environment)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    found = lines(done)
    assert {f["path"] for f in found if f["code"] == "ENC005"} == {f"{w}.txt" for w in MISDEEDS}
    told = {f["path"]: f["message"] for f in found if f["code"] == "INT001"}
    for word, message in MISDEEDS.items():
        assert "BAD006 misbehaving" in told[f"{word}.txt"]
        assert message in told[f"{word}.txt"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_rule_prints_does_not_reach_the_output(kanwu, plugin_environment, jobs):
    kanwu.put("a.txt", "做坏事打印 这里。\n")
    kanwu.put("b/kanwu.toml", "")
    kanwu.put("b/b.txt", "做坏事打印 这里。\n")
    words = ("check", ".", "--select", "BAD", "--output-format", "jsonl", "--jobs", jobs)
    done = kanwu(*words, env=plugin_environment)
    assert [f["code"] for f in lines(done)] == ["BAD006"] * 4
    assert done.stderr.count(b"printed by a rule") == 2


@pytest.mark.skipif(os.name == "nt", reason="there are no interval timers")
@pytest.mark.parametrize("word", ["永远", "回溯", "吞下"])
def test_a_rule_that_comes_to_no_end_is_given_up(monkeypatch, word):
    monkeypatch.syspath_prepend(PLUGINS / "trouble")
    monkeypatch.setattr(time_limits, "SECONDS", 1)
    from kanwu_trouble.trouble import Misbehaving

    linter = Linter([Misbehaving()])
    texts = ["做坏事空", f"做坏事{word} 了", f"做坏事{word} 了", "做坏事空"]
    started = time.monotonic()
    with time_limits.limited():
        told = [
            [str(f.message) for f in checked.findings]
            for checked in linter.check(map(Document, texts))
        ]
    assert time.monotonic() - started < 20
    assert [len(messages) for messages in told] == [1, 1, 0, 0]
    assert "BAD006 misbehaving was given up after 1 s" in told[1][0]
    assert time_limits.watch.left is None


@pytest.mark.skipif(os.name == "nt", reason="there are no interval timers")
def test_the_command_gives_up_a_rule_that_comes_to_no_end(kanwu, plugin_environment):
    kanwu.put("a.txt", "做坏事永远 一\ufffd二\n")
    kanwu.put("b.txt", "一\ufffd二\n")
    done = kanwu("check", ".", "--output-format", "jsonl", env=plugin_environment)
    assert done.returncode == 1
    assert [(f["path"], f["code"]) for f in lines(done)] == [
        ("a.txt", "INT001"),
        ("a.txt", "ENC005"),
        ("b.txt", "ENC005"),
    ]
    assert "was given up after 10 s" in lines(done)[0]["message"]


class Endless(CorpusRule):
    code = "BAD007"
    name = "endless"
    where = (EveryDocument(),)

    def __init__(self, what):
        super().__init__()
        self.what = what

    def collect(self, document, places):
        yield Record("key", place(document, 0, 0), {})

    def compare(self, key, records):
        if self.what == "records":
            yield records[0]._replace(key=key + "+")
        elif self.what == "string":
            yield "no finding"
        else:
            while True:
                pass


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("records", "records of records 100 times over"),
        ("string", "where a Finding was expected"),
        ("loop", "was given up after 1 s"),
    ],
)
def test_a_comparison_without_end_is_told(monkeypatch, what, message):
    monkeypatch.setattr(time_limits, "SECONDS", 1)
    rule = Endless(what)
    store = RecordStore()
    (checked,) = Linter([rule]).check([Document("甲")])
    store.add(checked.records)
    with time_limits.limited():
        (finding,) = compare([rule], store)
    assert finding.code == "INT001"
    assert message in str(finding.message)


# Plugins that cannot be loaded

RULE = """
from kanwu import Rule, Literals
class Odd(Rule):
    code = {code!r}
    name = {name!r}
    where = {where}
    messages = {{}}
    def check(self, document, places):
        return iter(())
"""


def rule(code="ODD001", name="odd", where="()"):
    return RULE.format(code=code, name=name, where=where)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import not_there", "ModuleNotFoundError: No module named 'not_there'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("broken(", "SyntaxError"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        (rule(code="ENC001"), "two rules are called ENC001"),
        (rule(name="undecodable"), "two rules are called undecodable"),
        (rule(code="odd1"), "has the code 'odd1', expected three capital letters"),
        (rule(code=7), "has the code 7, expected three capital letters"),
        (rule(code="INT900"), "whose family is that of kanwu itself"),
        (rule(name="Odd Name"), "has the name 'Odd Name', expected small letters"),
        (rule(where="('订阅',)"), "has '订阅' in its where, expected triggers"),
        (rule(where="None"), "cannot be made: TypeError"),
    ],
)
def test_a_plugin_that_cannot_be_used_is_told_with_its_name(kanwu, source, message):
    kanwu.put("plugins/odd_plugin/__init__.py", "print('printed while imported')\n" + source)
    kanwu.put(
        "plugins/odd_plugin-2.1.dist-info/entry_points.txt", "[kanwu.rules]\nodd = odd_plugin\n"
    )
    kanwu.put("a.txt", "今天。\n")
    environment = {**os.environ, "PYTHONPATH": str(kanwu.folder / "plugins")}
    done = kanwu("check", "a.txt", env=environment)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), said
    assert message in said
    assert "odd-plugin 2.1" in said or "odd_plugin" in said
    assert "Traceback" not in said


def test_of_a_plugin_that_is_installed_twice_the_first_counts(kanwu):
    for number, folder in enumerate(("first", "second"), 1):
        kanwu.put(f"{folder}/odd_plugin/__init__.py", rule(code=f"ODD00{number}"))
        kanwu.put(
            f"{folder}/odd_plugin-{number}.0.dist-info/entry_points.txt",
            "[kanwu.rules]\nodd = odd_plugin\n",
        )
    path = os.pathsep.join(str(kanwu.folder / name) for name in ("first", "second"))
    done = kanwu("rules", "--output-format", "json", env={**os.environ, "PYTHONPATH": path})
    rows = {row["code"]: row["origin"] for row in json.loads(done.stdout)}
    assert rows["ODD001"] == "odd-plugin 1.0"
    assert "ODD002" not in rows


# What merely lies in a folder

STANDARD = ("json", "pickle", "struct", "multiprocessing", "socket", "signal", "tomllib", "string")
OTHERS = ("click", "regex", "rich", "conftest", "sitecustomize", "usercustomize", "kanwu_rules")
TRAP = "import pathlib; pathlib.Path({!r}).write_text('x')\n"


def set_traps(kanwu):
    """Everything in a folder that some program would run."""
    sprung = str(kanwu.folder / "sprung")
    for name in (*STANDARD, *OTHERS, "kanwu_rules/__init__", "kanwu_plugin/__init__", "setup"):
        kanwu.put(f"{name}.py", TRAP.format(sprung))
    kanwu.put("kanwu_plugin-1.0.dist-info/entry_points.txt", "[kanwu.rules]\nx = kanwu_plugin\n")
    kanwu.put("kanwu_plugin.egg-info/entry_points.txt", "[kanwu.rules]\nx = kanwu_plugin\n")
    kanwu.put(
        "pyproject.toml",
        '[project]\nname = "x"\nversion = "1"\n[project.entry-points."kanwu.rules"]\n'
        'x = "kanwu_plugin"\n',
    )
    kanwu.put("house.toml", "not even TOML [")
    for number in range(3):
        kanwu.put(f"{number}.txt", "今天天气很好。\n" * 200)
    kanwu.put("deep/kanwu.toml", "")
    kanwu.put("deep/a.txt", "今天天气很好。\n")
    return sprung


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("how", ["kanwu", "-m"])
def test_nothing_that_lies_in_a_linted_folder_is_run(kanwu, how, jobs):
    sprung = set_traps(kanwu)
    executable = Path(sys.executable)
    start = (
        [str(executable.parent / "kanwu")] if how == "kanwu" else [str(executable), "-m", "kanwu"]
    )
    for words in (["check", "--jobs", jobs, "."], ["fix", "--jobs", jobs, "."], ["rules"]):
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}
        done = subprocess.run(
            [*start, *words], cwd=kanwu.folder, capture_output=True, env=environment, check=False
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert not os.path.exists(sprung), words
        assert b"kanwu_plugin" not in done.stdout


def test_rules_of_a_folder_are_used_where_a_configuration_names_them(kanwu):
    kanwu.put(
        "house.toml",
        '[[rule]]\ncode = "SHO001"\nname = "shop"\nsummary = "A shop."\nlines = [{equals = ["甲乙"]}]\n',
    )
    kanwu.put("a.txt", "甲乙\n")
    assert b"SHO001" not in kanwu("check", ".").stdout
    kanwu.put("kanwu.toml", 'rule-files = ["house.toml"]\n')
    assert b"SHO001" in kanwu("check", ".").stdout
    kanwu.put("kanwu.toml", 'rule-files = ["house.py"]\n')
    kanwu.put("house.py", TRAP.format(str(kanwu.folder / "sprung")))
    done = kanwu("check", ".")
    assert done.returncode == 2
    assert "house.py:1:" in done.stderr.decode()
    assert not (kanwu.folder / "sprung").exists()


# The test kit

FINE = '''
from kanwu import Bad, EveryDocument, Fix, Good, Literals, Rule, Safety, edit, place
class Fine(Rule):
    """A word is wrong.

    **What it leaves alone.** Others.

    **Source.** None.
    """

    code = "KIT001"
    name = "fine"
    where = (Literals("坏"),)
    messages = {"wrong": "“{word}” is wrong", "fix": "write 好"}
    examples = (
        Bad("坏", "好"), Bad("坏人", "好人"), Bad("人坏\\n", "人好\\n"), Good("好"), Good(""), Good("人"),
    )

    def check(self, document, places):
        for start, end in places:
            yield self.finding(
                place(document, start, end),
                self.say("wrong", word="坏"),
                evidence={"word": "坏"},
                fix=Fix(Safety.SAFE, self.say("fix"), (edit(document, start, end, "好"),)),
            )
'''


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", None),
        ('"KIT001"', '"kit1"', "expected three capital letters"),
        ("**Source.** None.", "", r"nothing under \*\*Source"),
        ("“{word}” is wrong", "“{}” is wrong", "in place of a name"),
        ("“{word}” is wrong", "“{word is wrong", "expected '}'"),
        ("“{word}” is wrong", "“{other}” is wrong", "KeyError"),
        ('evidence={"word": "坏"}', 'evidence={"word": {1}}', "evidence cannot be written as JSON"),
        ('word="坏"', 'word=b""', "parameters of the message fine/wrong cannot"),
        ('"人好\\n"', '"人\\n"', "makes '人好"),
        ('edit(document, start, end, "好")', 'edit(document, start, end, "坏坏")', "undo one another"),
        ("        for start", "        print(1)\n        for start", "prints '1"),
        ("place(document, start, end),", "place(document, 0, end)._replace(end=document),", "INT001|has no attribute"),
        ('Good("人")', 'Good("坏")', "in the good example"),
        ('Good("人"),', "", "has 2 Good examples"),
    ],
)  # fmt: skip
def test_the_kit_sees_what_is_wrong_with_a_rule(old, new, message):
    assert old in FINE
    names = {"__name__": "kit"}
    exec(FINE.replace(old, new, 1), names)
    if message is None:
        verify(names["Fine"])
        return
    with pytest.raises((AssertionError, Exception), match=message):
        verify(names["Fine"])


def test_the_kit_sees_places_counted_wrong():
    """Columns counted from nothing, or in bytes, are right only by chance."""

    class Miscounting(Rule):
        """A word is wrong.

        **What it leaves alone.** Others.

        **Source.** None.
        """

        code = "KIT002"
        name = "miscounting"
        where = (Literals("坏"),)
        messages: ClassVar = {"wrong": "wrong"}
        examples = (Bad("坏"), Bad("坏。"), Bad("坏\n"), Good("好"), Good(""), Good("人"))

        def check(self, document, places):
            for start, end in places:
                found = place(document, start, end)
                # Right in ASCII and wherever the first line is the only one.
                counted = found.start._replace(line=1, column=start + 1)
                yield self.finding(found._replace(start=counted), self.say("wrong"))

    with pytest.raises(AssertionError, match="are not those of its offsets"):
        verify(Miscounting)


def test_the_kit_sees_quadratic_time():
    class Quadratic(Rule):
        code = "KIT003"
        name = "quadratic"
        where = (EveryDocument(),)
        messages: ClassVar = {"wrong": "wrong"}
        examples = (Bad("坏坏坏坏"), Good("好"))

        def check(self, document, places):
            for _ in range(0, len(document.text), 400):
                set(document.text)
            return iter(())

    with pytest.raises(AssertionError, match="KIT003 takes"):
        verify_growth(Quadratic)
