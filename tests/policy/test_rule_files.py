"""Declared rules: what a file of rules may say, who knows the rules, and what is said of mistakes."""

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kanwu.engine import line_phrases
from kanwu.engine.declared_rules import DeclaredRule
from kanwu.engine.discovery import discover
from kanwu.engine.finding import Safety, Severity
from kanwu.engine.rule import Bad, Good
from kanwu.policy.declarations import READERS
from kanwu.policy.loading import Resolver
from kanwu.policy.rule_files import catalogue_for, read_rule_files, with_rule_files
from kanwu.policy.selection import Policy, selected
from kanwu.policy.settings import ConfigurationError
from kanwu.testing import verify_rule_file

LEAST = """
[[rule]]
code = "SHO001"
name = "shop-advertisement"
summary = "An advertisement of our {own} shop."
[[rule.lines]]
starts = ["买书请到"]
"""

FULL = """
[[rule]]
code = "SHO002"
name = "本店广告"
summary = "An advertisement."
why = '''
It sells.

And sells.'''
leaves-alone = "Sentences."
source = "Our articles."
severity = "error"
message = "{{“{line}”}} and {count}"
fix = "remove"
default = false
bad = ["买书请到本店", {text = "正文。\\n买书请到本店\\n", fixed = "正文。\\n"}]
good = ["正文。"]
[[rule.lines]]
starts = ["买书请到"]
[[rule.lines]]
pattern = "本店：\\\\d"
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def declared(catalogue, folder, text):
    write(folder / "house.toml", text)
    more = with_rule_files(catalogue, read_rule_files(["house.toml"], str(folder)))
    return [(rule, more.origin[rule.code]) for rule in more if issubclass(rule, DeclaredRule)]


def test_the_least_and_the_most_that_a_rule_says(catalogue, folder):
    ((rule, origin),) = declared(catalogue, folder, LEAST)
    assert (rule.code, rule.name, origin) == ("SHO001", "shop-advertisement", "house.toml")
    assert rule.page() == rule.summary() == "An advertisement of our {own} shop."
    assert (rule.severity, rule.safety, rule.default) == (Severity.WARNING, None, True)
    assert (
        str(rule().say("declared", line="买", count=1))
        == "“买”: An advertisement of our {own} shop."
    )
    ((rule, _),) = declared(catalogue, folder, FULL)
    assert rule.page() == (
        "An advertisement.\n\nIt sells.\n\nAnd sells.\n\n"
        "**What it leaves alone.** Sentences.\n\n**Source.** Our articles."
    )
    assert (rule.severity, rule.safety, rule.default) == (Severity.ERROR, Safety.UNSAFE, False)
    assert str(rule().say("declared", line="买", count=2)) == "{“买”} and 2"
    assert rule.examples == (
        Bad("买书请到本店"),
        Bad("正文。\n买书请到本店\n", "正文。\n"),
        Good("正文。"),
    )


def test_the_same_files_make_the_same_rules(catalogue, folder):
    write(folder / "house.toml", LEAST)
    files = read_rule_files(["house.toml"], str(folder))
    assert with_rule_files(catalogue, files) is with_rule_files(catalogue, files)
    assert with_rule_files(catalogue, ()) is catalogue
    write(folder / "house.toml", LEAST + FULL)
    again = read_rule_files(["house.toml"], str(folder))
    assert len(list(with_rule_files(catalogue, again))) == len(list(catalogue)) + 2


# Who knows the rules.


def test_a_configuration_names_files_and_their_rules(catalogue, folder):
    write(folder / "house" / "rules.toml", LEAST + FULL)
    write(
        folder / "kanwu.toml",
        """
        extend-select = ["本店广告"]
        ignore = ["PUN"]
        rules = {shop-advertisement = {}}
        rule-files = ["house/rules.toml", "house/../house/rules.toml"]
        severity = {SHO = "info", SHO002 = "warning"}
        per-file-ignores = {"old/*" = ["SHO001"]}
        """,
    )
    settings = Resolver(catalogue).for_file("a.txt")
    assert settings.rule_files == (str(folder / "house" / "rules.toml"),)
    more = catalogue_for(catalogue, settings)
    policy = Policy(settings, more)
    assert [rule.code for rule in policy.rules] == ["ENC001", "SHO001", "SHO002"]
    assert policy.severities == {"SHO001": "info", "SHO002": "warning"}
    assert policy.ignored_in(str(folder / "old" / "a.txt")) == {"SHO001"}
    assert settings.origin("rule_files") == str(folder / "kanwu.toml")


def test_settings_with_rules_travel_and_bring_them_along(catalogue, folder):
    write(folder / "kanwu.toml", 'rule-files = ["house.toml"]')
    house = write(folder / "house.toml", LEAST)
    settings = Resolver(catalogue).for_file("a.txt")
    os.unlink(house)
    copy = pickle.loads(pickle.dumps(settings))
    assert {settings: "known"}[copy] == "known"
    assert catalogue_for(catalogue, copy).find("SHO001") is not None


def test_pyproject_and_the_command_line_name_files_too(catalogue, folder):
    write(folder / "house.toml", LEAST)
    write(folder / "more.toml", FULL)
    write(folder / "news" / "pyproject.toml", "[tool.kanwu]\nrule-files = ['../house.toml']")
    resolver = Resolver(catalogue, rule_files=["more.toml", "house.toml"])
    settings = resolver.for_file("news/a.txt")
    assert settings.rule_files == (str(folder / "house.toml"), str(folder / "more.toml"))
    assert settings.origin("rule_files") == (
        f"{folder / 'news' / 'pyproject.toml'} and command line"
    )
    elsewhere = resolver.for_file("a.txt")
    assert elsewhere.rule_files == (str(folder / "more.toml"), str(folder / "house.toml"))
    assert elsewhere.origin("rule_files") == "command line"
    alone = Resolver(catalogue, isolated=True, rule_files=["more.toml"]).for_file("news/a.txt")
    assert alone.rule_files == (str(folder / "more.toml"),)


def test_a_configuration_may_speak_of_rules_of_the_command_line(catalogue, folder):
    write(folder / "house.toml", LEAST)
    write(folder / "kanwu.toml", "ignore = ['SHO001']")
    settings = Resolver(catalogue, rule_files=["house.toml"]).for_file("a.txt")
    assert "SHO001" not in [r.code for r in selected(catalogue_for(catalogue, settings), settings)]
    with pytest.raises(ConfigurationError, match="SHO001"):
        Resolver(catalogue).for_file("a.txt")


def test_the_command_line_selects_what_any_configuration_declares(catalogue, folder):
    write(folder / "news" / "house.toml", LEAST)
    write(folder / "news" / "kanwu.toml", 'rule-files = ["house.toml"]')
    words = ["SHO001", "PUN"]
    resolver = Resolver(catalogue, overrides={"select": words, "ignore": ["wrong-comma"]})
    assert resolver.for_file("news/a.txt").select == ("SHO001", "PUN")
    assert resolver.for_file("old/a.txt").select == ("PUN",)
    resolver.refuse_unknown_words()
    resolver = Resolver(catalogue, overrides={"select": [*words, "SHO01"]})
    resolver.for_file("news/a.txt")
    with pytest.raises(ConfigurationError, match=r'--select: found "SHO01".*mean "SHO001"'):
        resolver.refuse_unknown_words()


def test_a_file_that_nobody_names_is_never_read(catalogue, folder):
    (folder / "house.toml").symlink_to(folder / "house.toml")
    write(folder / "rules.toml", b"\xff broken")
    write(folder / "kanwu.toml", "")
    assert Resolver(catalogue).for_file("a.txt").rule_files == ()


def test_nothing_is_imported_for_those_who_declare_nothing(folder):
    program = (
        "import sys; from kanwu import check_text; check_text('买书请到本店，甲乙丙。')\n"
        "ours = {'declarations', 'declared_rules', 'bounded_patterns'}\n"
        "names = {name.rpartition('.')[2] for name in sys.modules}\n"
        "print(*names & (ours | {'regex', '_regex'}))"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=folder)
    assert done.stdout.split() == []


def test_regex_is_imported_for_patterns_alone(folder):
    write(folder / "house.toml", LEAST)
    write(folder / "more.toml", FULL)
    for name, imported in (("house.toml", "False"), ("more.toml", "True")):
        program = (
            f"import sys; from kanwu import check_text; check_text('甲', rule_files=['{name}'])\n"
            "print('regex' in sys.modules)"
        )
        run = [sys.executable, "-c", program]
        done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=folder)
        assert done.stdout.strip() == imported


# What is said of mistakes: the file, the key, what was found, what was expected.

KEYS = "code, name, summary, why, leaves-alone, source, severity, message, fix, default, bad, good, lines"


def with_line(line):
    return LEAST.replace("[[rule.lines]]", f"{line}\n[[rule.lines]]")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "house.toml: found none, expected a list of rules, [[rule]]"),
        ("rule = 1", "house.toml: found 1, expected a list of rules, [[rule]]"),
        ("rule = [1]", "house.toml: rule[1]: found 1, expected a table"),
        ("[[rules]]", 'house.toml: found the key "rules", expected only rules, [[rule]]; did you'),
        (
            "[[rule]]",
            "house.toml: rule[1]: found no code, expected at least code, name, summary, lines",
        ),
        (
            LEAST.replace("name =", "nam ="),
            f'rule[1]: found the key "nam", expected one of {KEYS}; did',
        ),
        (LEAST.replace("[[rule.lines]]", "#"), 'rule[1]: found the key "starts", expected one of'),
        (
            LEAST.replace("SHO001", "sho1"),
            'rule[1].code: found "sho1", expected three capital letters',
        ),
        (LEAST.replace("SHO001", "ABC１２３"), "rule[1].code: found"),
        (
            LEAST.replace("SHO001", "INT009"),
            'found "INT009", expected a family other than INT and ALL',
        ),
        (
            LEAST.replace("SHO001", "PUN001"),
            'found "PUN001", expected a code that no other rule has; it is that of PUN001 wrong-comma from',
        ),
        (
            LEAST + LEAST,
            'rule[2].code: found "SHO001", expected a code that no other rule has; it is',
        ),
        (
            LEAST + LEAST.replace("SHO001", "SHO002"),
            "expected a name that no other rule has; it is that of SHO001 shop-advertisement from house.toml",
        ),
        (LEAST.replace("shop-adv", "Shop-adv"), "rule[1].name: found"),
        (LEAST.replace("shop-adv", "shop--adv"), "expected small letters and digits with hyphens"),
        (
            LEAST.replace("shop-advertisement", "pun"),
            "expected a name that is not that of a family",
        ),
        (LEAST.replace("our {own}", "\\n"), "expected a text in one line"),
        (LEAST.replace("our {own}", "\\u001b"), "expected a text in one line"),
        (with_line("why = ' '"), 'rule[1].why: found " ", expected a text'),
        (with_line("severity = 'loud'"), 'rule[1].severity: found "loud", expected one of "info"'),
        (with_line("severity = 'off'"), "to switch a rule off, name it under ignore"),
        (with_line("default = 'yes'"), 'rule[1].default: found "yes", expected true or false'),
        (with_line("fix = 'delete'"), 'rule[1].fix: found "delete", expected "remove"'),
        (
            with_line("message = '{word}'"),
            'rule[1].message: found "{word}", expected a text in which',
        ),
        (
            with_line("message = '{'"),
            'rule[1].message: found "{", expected a text in which {line} and',
        ),
        (with_line("message = '{}'"), 'found "{}", expected a text'),
        (with_line("message = '{line.__class__}'"), 'found "{line.__class__}", expected'),
        (with_line("message = '{line:>999999999}'"), 'found "{line}", expected'),
        (with_line("bad = '甲'"), 'rule[1].bad: found "甲", expected a list of texts'),
        (
            with_line("bad = [{text = '甲'}]"),
            "rule[1].bad: found a table in the list, expected texts",
        ),
        (with_line("bad = [{text = '甲', fixed = 1}]"), "rule[1].bad: found a table in the list"),
        (with_line("good = [1]"), "rule[1].good: found 1 in the list, expected texts"),
        (
            LEAST.replace("starts", "start"),
            'rule[1].lines[1]: found "start", expected one of the keys',
        ),
        (
            LEAST.replace('["买书请到"]', "5"),
            "rule[1].lines[1].starts: found 5, expected",
        ),
        (
            LEAST + "pattern = '('",
            'rule[1].lines[1].pattern: found "(", expected a regular expression',
        ),
        (LEAST + "above" + " = {above" * 250 + " = 1" + "}" * 250, "house.toml: "),
        (LEAST + "[[", "house.toml:8:3: this is not TOML"),
        (b"# \xff", "house.toml:1:3: found the byte 0xFF, expected UTF-8"),
    ],
)
def test_what_cannot_be_used_is_told(catalogue, folder, text, message):
    write(folder / "house.toml", text)
    write(folder / "kanwu.toml", 'rule-files = ["house.toml"]')
    for resolver in (
        lambda: Resolver(catalogue),
        lambda: Resolver(catalogue, rule_files=["house.toml"]),
    ):
        with pytest.raises(ConfigurationError) as caught:
            resolver().for_file("a.txt")
        assert str(caught.value).startswith("house.toml")
        assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("'a.toml'", 'found "a.toml", expected a list of strings'),
        ("['']", 'found "" in the list, expected paths of files'),
        (
            "['a.toml']",
            "found a.toml, which cannot be read: No such file or directory, expected a TOML file of rules",
        ),
        ("['.']", "found ., which cannot be read: Is a directory, expected a TOML file of rules"),
        ("['pipe']", "found pipe, which is no ordinary file, expected a TOML file of rules"),
        ("['/dev/zero']", "found /dev/zero, which is no ordinary file, expected"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_who_names_it(catalogue, folder, line, message):
    os.mkfifo(folder / "pipe")
    write(folder / "kanwu.toml", f"rule-files = {line}")
    with pytest.raises(ConfigurationError) as caught:
        Resolver(catalogue).for_file("a.txt")
    assert str(caught.value).startswith(f"kanwu.toml: rule-files: {message}")


@pytest.mark.usefixtures("folder")
def test_a_file_of_the_command_line_that_cannot_be_read_is_told(catalogue):
    with pytest.raises(
        ConfigurationError, match=r"^--rule-file: found a\.toml, which cannot be read"
    ):
        Resolver(catalogue, rule_files=["a.toml"])


# The test kit.


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", None),
        ('["买书请到本店"', '["买书"', "SHO002 finds nothing in the bad example '买书'"),
        (
            'good = ["正文。',
            'good = ["买书请到。',
            "SHO002 finds ('买书请到。',) in the good example",
        ),
        ('fixed = "正文。', 'fixed = "正', "SHO002 makes '正文。\\n' and not"),
    ],
)
def test_examples_are_held_to_what_they_say(folder, old, new, message):
    path = write(folder / "house.toml", FULL.replace(old, new) if old else FULL)
    if message is None:
        verify_rule_file(path)
        return
    with pytest.raises(AssertionError) as caught:
        verify_rule_file(path)
    assert message in str(caught.value)


# The guide.

GUIDE = Path(__file__).parents[2] / "docs" / "pattern-rules.md"
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_examples_of_the_guide_are_true(folder):
    house, configuration, phrases = BLOCKS
    verify_rule_file(write(folder / "house.toml", house))
    write(folder / "kanwu.toml", configuration)
    write(folder / "news" / "kanwu.toml", phrases)
    resolver = Resolver(discover())
    settings = resolver.for_file("a.txt")
    policy = Policy(settings, catalogue_for(discover(), settings))
    assert {"SHO001", "SHO002"} <= {rule.code for rule in policy.rules}
    assert resolver.for_file("news/a.txt").rules[0][0] == "share-bar"


def test_the_guide_names_every_key():
    text = GUIDE.read_text(encoding="utf-8")
    rule, line = text.index("## What a rule says"), text.index("## What a line is like")
    for keys, part in ((READERS, text[rule:line]), (line_phrases.KEYS, text[line:])):
        assert [key for key in keys if f"`{key}`" not in part] == []
