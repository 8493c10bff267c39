"""The library's entry points."""

import importlib

import pytest

import kanwu

HALF = "他说,这是第一句,也是最后一句,就这样吧。"


def test_every_public_name_is_there_and_documented():
    for name in kanwu.__all__:
        assert getattr(kanwu, name).__doc__, name
    assert not hasattr(kanwu, "nonsense")


def test_importing_the_package_loads_nothing_of_it():
    import subprocess
    import sys

    program = "import kanwu, sys; print([m for m in sys.modules if m.startswith('kanwu.')])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_check_text_finds_and_fix_text_repairs():
    (finding,) = kanwu.check_text(HALF)
    assert (finding.code, finding.place.start.column) == ("PUN001", 3)
    fixed = kanwu.fix_text(HALF)
    assert fixed == HALF.replace(",", "，")
    assert kanwu.check_text(fixed) == []


def test_select_narrows_and_a_wrong_word_is_an_error():
    assert kanwu.check_text(HALF, select=["ENC"]) == []
    assert kanwu.fix_text(HALF, select=["ENC"]) == HALF
    from kanwu.policy.settings import ConfigurationError

    with pytest.raises(ConfigurationError, match="half-width"):
        kanwu.check_text(HALF, select=["half-widht-punctuation"])


def test_unsafe_fixes_wait_to_be_asked_for():
    text = "我们围绕围绕高端人才开展工作。"
    assert kanwu.fix_text(text) == text


def test_check_paths_reads_files_and_their_configuration(tmp_path):
    (tmp_path / "a.txt").write_text(HALF)
    assert [f.code for f in kanwu.check_paths([tmp_path])] == ["PUN001"]
    (tmp_path / "kanwu.toml").write_text('ignore = ["PUN"]')
    assert kanwu.check_paths([tmp_path]) == []
    assert [f.code for f in kanwu.check_paths([str(tmp_path / "none.txt")])] == ["INT002"]


def test_findings_in_rows_come_one_by_one(tmp_path):
    row = '{"title": "他说,这。", "text": "我们围绕围绕人才。"}\n'
    (tmp_path / "d.jsonl").write_text(row * 2, "utf-8")
    found = kanwu.iter_findings([tmp_path / "d.jsonl"])
    assert next(found).place.record == "1#text"
    assert [f.place.record for f in found] == ["2#text"]
    (tmp_path / "kanwu.toml").write_text('text-fields = ["title"]\nselect = ["PUN"]')
    several = kanwu.check_paths([tmp_path / "d.jsonl"])
    assert [(f.code, f.place.record) for f in several] == [
        ("PUN001", "1#title"),
        ("PUN001", "2#title"),
    ]


def test_modules_of_the_package_all_import():
    from kanwu.engine.discovery import rules_in

    assert list(rules_in(importlib.import_module("kanwu_rules")))


def test_declared_rules_join_in(tmp_path):
    house = tmp_path / "house.toml"
    house.write_text(
        '[[rule]]\ncode = "SHO001"\nname = "shop"\nsummary = "A shop."\nfix = "remove"\n'
        'lines = [{starts = ["买书请到"]}]\n',
        encoding="utf-8",
    )
    text = "正文到此为止。\n买书请到本店。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert kanwu.check_text(text) == []
    for found in (
        kanwu.check_text(text, rule_files=[house], select=["shop"]),
        kanwu.check_paths([tmp_path], rule_files=[str(house)]),
    ):
        assert [finding.code for finding in found] == ["SHO001"]
    assert kanwu.fix_text(text, rule_files=[house], unsafe=True) == "正文到此为止。\n"


def test_comments_in_a_text_are_honoured():
    text = f"<!-- kanwu: ignore[PUN001] -->\n{HALF}\n"
    assert kanwu.check_text(text, markup="markdown") == []
    assert kanwu.fix_text(text, markup="markdown") == text
    assert kanwu.check_text(text) != []
    (unused,) = kanwu.check_text(text.replace(HALF, "今天天气很好。"), markup="markdown")
    assert unused.code == "SUP001"
