"""Configurations that stand on others: presets, other files, circles, and where each value comes from."""

import json
import os
import tomllib
from pathlib import Path

import pytest

from kanwu.engine.discovery import discover
from kanwu.policy.loading import Resolver
from kanwu.policy.presets import FOLDER, preset_names, preset_summary, preset_text
from kanwu.policy.selection import Policy
from kanwu.policy.settings import ConfigurationError


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def settings_of(folder, text, **choice):
    write(folder / "kanwu.toml", text)
    return Resolver(discover(), **choice).for_file("a.txt")


def refusal(folder, text):
    with pytest.raises(ConfigurationError) as caught:
        settings_of(folder, text)
    return str(caught.value)


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_a_configuration_that_changes_something(folder, name):
    text = preset_text(name)
    values = tomllib.loads(text)
    assert preset_summary(name).endswith(".")
    settings = settings_of(folder, f'extend = "preset:{name}"\n')
    assert {settings.origin(key.replace("-", "_")) for key in values} == {f"preset:{name}"}
    assert settings.root == str(folder)
    plain, preset = Policy(settings_of(folder, ""), discover()), Policy(settings, discover())
    assert (plain.rules, plain.severities) != (preset.rules, preset.severities)
    # Every severity and option that it gives is another than the rule's own.
    for word, severity in settings.severity:
        assert discover().find(word).severity != severity, word
    for word, options in settings.rules:
        for option, value in options:
            assert discover().find(word).options()[option].default != value, (word, option)


def test_every_preset_is_installed_with_the_package():
    assert {"newspaper", "technical", "training"} <= set(preset_names())
    assert sorted(os.listdir(FOLDER)) == [f"{name}.toml" for name in preset_names()]


def test_what_a_preset_says_gives_way_to_the_file_and_the_command_line(folder):
    settings = settings_of(
        folder,
        'extend = "preset:newspaper"\nignore = ["odd-space"]\n'
        'severity = {byline = "error", caption-line = "warning"}\n'
        'rules = {PUN004 = {emphasis = "any"}, PUN001 = {brackets = false}}\n',
        overrides={"ignore": ["PUN"]},
    )
    severity = dict(settings.severity)
    assert (severity["byline"], severity["caption-line"]) == ("error", "warning")
    assert severity["meta-line"] == "info"
    options = {word: dict(values) for word, values in settings.rules}
    assert options == {"PUN004": {"emphasis": "any"}, "PUN001": {"brackets": False}}
    assert settings.ignore == ("odd-space", "PUN")
    assert settings.origin("ignore") == f"{folder / 'kanwu.toml'} and command line"
    assert settings.origin("severity") == f"preset:newspaper and {folder / 'kanwu.toml'}"


def test_a_selection_brings_back_what_a_preset_ignores(folder):
    text = 'extend = "preset:technical"\n'
    assert "pager" in settings_of(folder, text).ignore
    settings = settings_of(folder, text + 'extend-select = ["BOI010"]\n')
    assert "pager" not in settings.ignore
    assert "BOI010" in {rule.code for rule in Policy(settings, discover()).rules}
    settings = settings_of(folder, text + 'select = ["PUN"]\n')
    assert settings.extend_select == ()


def test_files_stand_on_files_and_patterns_keep_their_meaning(folder):
    write(
        folder / "base" / "team.toml",
        'extend = "preset:newspaper"\nexclude = ["/old", "*.bak.txt"]\nfail-on = "error"\n'
        'corpus = ["articles"]\nrule-files = ["house.toml"]\nignore = ["shop"]\ncache-dir = "cache"\n'
        'per-file-ignores = {"site/drafts/*" = ["PUN"], "lists/*" = ["BOI"]}\n'
        'suppressions = [{rules = ["DUP"], paths = ["site/*.txt"]}]\n',
    )
    write(
        folder / "base" / "house.toml",
        '[[rule]]\ncode = "SHO001"\nname = "shop"\nsummary = "A shop."\nlines = [{equals = ["甲"]}]\n',
    )
    write(
        folder / "base" / "site" / "kanwu.toml",
        'extend = ["../team.toml", "preset:training"]\nextend-exclude = ["new"]\n'
        'severity = {SHO = "info"}\n',
    )
    settings = Resolver(discover()).for_file(str(folder / "base" / "site" / "a.txt"))
    base = folder / "base"
    assert settings.exclude == ("*.bak.txt",)
    assert settings.extend_exclude == ("new",)
    assert settings.fail_on == "error"
    assert settings.corpus == (str(base / "articles"),)
    assert settings.rule_files == (str(base / "house.toml"),)
    assert settings.cache_dir == str(base / "cache")
    assert settings.baseline == str(base / "site" / "kanwu-baseline.json")
    assert settings.per_file_ignores == (("/drafts/*", ("PUN",)),)
    assert settings.suppressions[0].paths == ("/*.txt",)
    assert dict(settings.severity).items() >= {"SHO": "info", "merged-articles": "warning"}.items()
    assert settings.extend == ("../team.toml", "preset:training")
    assert not settings.respect_ignore_files
    # The same files twice over are as once.
    assert settings.ignore.count("shop") == 1


def test_one_file_that_two_stand_on_counts_once(folder):
    write(folder / "base.toml", 'extend-select = ["PUN010"]\n')
    for name in ("one", "two"):
        write(folder / f"{name}.toml", 'extend = "base.toml"\n')
    settings = settings_of(folder, 'extend = ["one.toml", "two.toml", "base.toml"]\n')
    assert settings.extend_select == ("PUN010",)


def test_a_circle_is_told_with_its_files(folder):
    write(folder / "a.toml", 'extend = "sub/b.toml"\n')
    write(folder / "sub" / "b.toml", 'extend = "../kanwu.toml"\n')
    said = refusal(folder, 'extend = ["preset:newspaper", "a.toml"]\n')
    assert said == (
        "sub/b.toml: extend: found a circle: kanwu.toml -> a.toml -> sub/b.toml -> kanwu.toml, expected "
        "files of which none stands on itself; take one extend out"
    )
    assert "found a circle: kanwu.toml -> kanwu.toml" in refusal(folder, 'extend = "kanwu.toml"\n')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extend = 1", "kanwu.toml: extend: found 1, expected a list of strings"),
        (
            'extend = [""]',
            'kanwu.toml: extend: found "", expected a configuration file, or a preset',
        ),
        (
            'extend = "preset:newspapper"',
            'expected one of "preset:newspaper", "preset:technical", "preset:training"; '  # noqa: ISC004
            'did you mean "preset:newspaper"?',
        ),
        ('extend = "none.toml"', "none.toml: cannot be read: No such file"),
        ('extend = "folder"', "folder: cannot be read: Is a directory"),
        ('extend = "broken.toml"', "broken.toml:2:6: this is not TOML"),
        ('extend = "latin.toml"', "latin.toml:1:3: found the byte 0xE9, expected UTF-8"),
        ('extend = "wrong.toml"', 'wrong.toml: found the key "ignor"'),
        ('extend = "sub/pyproject.toml"', "without a table [tool.kanwu], expected one that has it"),
        ('extends = "x.toml"', 'did you mean "extend"?'),
    ],
)
def test_what_cannot_be_extended_is_told(folder, text, message):
    (folder / "folder").mkdir()
    write(folder / "broken.toml", "\nx = [")
    (folder / "latin.toml").write_bytes(b"# \xe9")
    write(folder / "wrong.toml", "ignor = []")
    write(folder / "sub" / "pyproject.toml", "[tool.other]\nx = 1\n")
    said = refusal(folder, text)
    assert message in said


def test_the_command_shows_where_every_part_comes_from(kanwu):
    kanwu.put("team.toml", 'ignore = ["odd-space"]\nseverity = {PUN = "info"}\n')
    kanwu.put(
        "kanwu.toml",
        'extend = ["preset:technical", "team.toml"]\nignore = ["TRU"]\nseverity = {cut-tail = "error"}\n',
    )
    page = kanwu("config", "--ignore", "ENC").stdout.decode()
    assert '# extend = ["preset:technical", "team.toml"]  # kanwu.toml\n' in page
    ignore = next(line for line in page.splitlines() if line.startswith("ignore"))
    assert ignore.endswith(
        "# preset:technical (navigation-block, pager, breadcrumb, loose-figure), "
        "team.toml (odd-space), kanwu.toml (TRU), command line (ENC)"
    )
    severity = next(line for line in page.splitlines() if line.startswith("severity"))
    assert severity.endswith(
        "(unfinished-list, space-between-han), team.toml (PUN), kanwu.toml (cut-tail)"
    )
    tomllib.loads(page)
    data = json.loads(kanwu("config", "--output-format", "json").stdout)
    assert data["settings"]["ignore"]["origin"] == ["preset:technical", "team.toml", "kanwu.toml"]
    assert data["settings"]["ignore"]["items"]["team.toml"] == ["odd-space"]
    assert data["settings"]["fail-on"] == {"value": "warning", "origin": ["default"], "items": {}}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_obeys_what_is_extended(kanwu, jobs):
    kanwu.put("kanwu.toml", 'extend = "../team.toml"\n')
    kanwu.put("a.txt", "一\ufffd二。　\n")
    team = Path(kanwu.folder).parent / "team.toml"
    team.write_text('ignore = ["replacement-character"]\n', encoding="utf-8")
    done = kanwu("check", ".", "--jobs", jobs, "--output-format", "concise")
    assert b"ENC005" not in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(kanwu):
    os.mkfifo(kanwu.folder / "kanwu.toml")
    kanwu.put("a.txt", "今天。\n")
    done = kanwu("check", "a.txt", timeout=30)
    assert done.returncode == 2
    assert "kanwu.toml: cannot be read: it is no ordinary file" in done.stderr.decode()
