"""Suppressions: comments and configured tables silence what they name, and nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import repair
from kanwu.policy.selection import Policy
from kanwu.policy.settings import Settings, Suppression
from kanwu.policy.sieve import Fate, Sieve

DOUBLED = "他们围绕围绕中心工作展开讨论。"
ELLIPSIS = "会议还讨论了其他问题。。。。。。"


def linter(*select, configured=()):
    catalogue = discover()
    chosen = Settings("/", select=select or None, suppressions=configured)
    policy = Policy(chosen, catalogue)
    return Linter(policy.rules, sift=Sieve(policy, catalogue).sift)


def check(text, *select, configured=(), path="a.md", markup="markdown"):
    document = Document(text, markup=markup, path=path)
    (checked,) = linter(*select, configured=configured).check([document])
    return checked


def codes(text, *select, **more):
    return [finding.code for finding in check(text, *select, **more).findings]


SELECTED = ("WRD001", "PUN006", "SUP")


def test_without_comments_everything_is_told():
    assert codes(f"{DOUBLED}\n\n{ELLIPSIS}\n", *SELECTED) == ["WRD001", "PUN006"]


@pytest.mark.parametrize(
    "word", ["WRD001", "doubled-word", "WRD", "wrd001", "ALL", "PUN006, doubled-word"]
)
def test_a_comment_on_its_own_line_silences_the_next_block_only(word):
    text = f"<!-- kanwu: ignore[{word}] 原文如此 -->\n\n{DOUBLED}\n\n{DOUBLED}\n"
    checked = check(text, "WRD001")
    assert [finding.place.start.line for finding in checked.findings] == [5]
    assert checked.passed_over[Fate.SUPPRESSED] == 1


def test_a_comment_in_a_paragraph_silences_that_paragraph():
    text = f"{DOUBLED}<!-- kanwu: ignore[WRD001] -->\n{DOUBLED}\n\n{DOUBLED}\n"
    assert [f.place.start.line for f in check(text, *SELECTED).findings] == [4]


def test_several_comments_stand_above_one_block():
    text = f"<!-- kanwu: ignore[WRD001] -->\n<!-- kanwu: ignore[PUN006] -->\n{DOUBLED}{ELLIPSIS}\n"
    assert codes(text, *SELECTED) == []


def test_a_range_ends_where_it_is_ended():
    text = (
        f"<!-- kanwu: disable[WRD001] -->\n{DOUBLED}\n\n{ELLIPSIS}\n\n"
        f"<!-- kanwu: enable[WRD001] -->\n\n{DOUBLED}\n"
    )
    assert codes(text, *SELECTED) == ["PUN006", "WRD001"]


def test_a_range_that_is_never_ended_runs_to_the_end():
    assert codes(f"<!-- kanwu: disable[WRD] -->\n\n{DOUBLED}\n\n{DOUBLED}\n", *SELECTED) == []


def test_a_whole_file_is_silenced_from_anywhere_in_it():
    text = f"{DOUBLED}\n\n{ELLIPSIS}\n\n<!-- kanwu: ignore-file[WRD001] -->\n"
    assert codes(text, *SELECTED) == ["PUN006"]


def test_silencing_everything_needs_a_reason():
    text = "<!-- kanwu: ignore{} -->\n{}\n"
    assert codes(text.format("", DOUBLED), *SELECTED) == ["SUP003", "WRD001"]
    assert codes(text.format(" 原稿如此", DOUBLED), *SELECTED) == []


def test_an_unknown_word_is_told_with_what_may_be_meant():
    found = check(f"<!-- kanwu: ignore[doubled-wrod] -->\n{DOUBLED}\n", *SELECTED).findings
    assert [f.code for f in found] == ["SUP002", "WRD001"]
    assert "doubled-word" in str(found[0].message)
    assert codes(f"<!-- kanwu: ingore[WRD001] -->\n{DOUBLED}\n", *SELECTED) == ["SUP002", "WRD001"]
    assert codes("<!-- kanwu: ignore[INT001] -->\n今天天气很好。\n", *SELECTED) == ["SUP002"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!-- kanwu: ignore[WRD001] -->\n今天天气很好。\n", "今天天气很好。\n"),
        ("今天天气很好。<!-- kanwu: ignore[WRD001] -->\n", "今天天气很好。\n"),
        (
            f"<!-- kanwu: ignore[WRD001, PUN006] -->\n{DOUBLED}\n",
            f"<!-- kanwu: ignore[WRD001] -->\n{DOUBLED}\n",
        ),
        (
            "今天天气很好。\n\n<!-- kanwu: enable -->\n\n明天也好。\n",
            "今天天气很好。\n\n明天也好。\n",
        ),
        (
            "<!-- kanwu: disable[WRD] -->\n\n今天天气很好。\n\n<!-- kanwu: enable[WRD] -->\n",
            "今天天气很好。\n",
        ),
        ("<!-- kanwu: ignore 原稿如此 -->\n今天天气很好。\n", "今天天气很好。\n"),
    ],
)
def test_what_silences_nothing_is_told_and_taken_out(before, after):
    assert set(codes(before, *SELECTED)) == {"SUP001"}
    mended = repair(
        Document(before, markup="markdown"),
        linter(*SELECTED),
        lambda finding: finding.code == "SUP001" and finding.fix is not None,
    )
    assert mended.document.text == after


def test_nothing_is_called_unused_that_could_not_be_judged():
    good = "今天天气很好。\n"
    assert codes(f"<!-- kanwu: ignore[PUN006] -->\n{good}", "WRD001", "SUP") == []
    assert codes(f"<!-- kanwu: ignore[near-duplicate-document] -->\n{good}", "DUP", "SUP") == []


def test_comments_in_code_and_in_plain_text_are_text():
    fenced = f"```\n<!-- kanwu: ignore-file[WRD001] -->\n```\n\n{DOUBLED}\n"
    assert codes(fenced, *SELECTED) == ["WRD001"]
    quoted = f"写 `<!-- kanwu: ignore-file[WRD001] -->` 即可。\n\n{DOUBLED}\n"
    assert codes(quoted, *SELECTED) == ["WRD001"]
    plain = f"<!-- kanwu: ignore[WRD001] -->\n{DOUBLED}\n"
    assert codes(plain, *SELECTED, markup="plain", path="a.txt") == ["WRD001"]


def test_a_habit_of_the_whole_document_is_silenced_only_as_a_whole():
    half = "今天,天气很好;明天也好:大家都高兴。"
    text = f"<!-- kanwu: ignore[PUN001] -->\n{half}\n\n{half}\n"
    assert codes(text, "PUN001") == ["PUN001"]
    assert codes(text.replace("ignore", "ignore-file"), "PUN001") == []


def test_a_configuration_silences_by_rule_path_line_and_fingerprint():
    text = f"{DOUBLED}\n\n{DOUBLED}甲\n"
    first = check(text, "WRD001", markup="plain", path="/a/b.txt").findings[0]
    for suppression, left in (
        (Suppression(rules=("WRD001",)), 0),
        (Suppression(rules=("PUN",)), 2),
        (Suppression(rules=("WRD",), contains=("甲",)), 1),
        (Suppression(rules=("WRD",), paths=("a/*.txt",)), 0),
        (Suppression(rules=("WRD",), paths=("b/*.txt",)), 2),
        (Suppression(fingerprints=(first.fingerprint,)), 1),
        (Suppression(paths=("/a/",), reason="原稿如此"), 0),
    ):
        checked = check(text, "WRD001", configured=(suppression,), markup="plain", path="/a/b.txt")
        assert len(checked.findings) == left, suppression
        assert checked.passed_over[Fate.SUPPRESSED] == 2 - left


WORDS = st.sampled_from(["WRD001", "PUN", "doubled-word", "nothing-known", "ALL", ""])
PARTS = st.one_of(
    st.builds(
        lambda command, words, reason: f"<!-- kanwu: {command}[{words}] {reason} -->",
        st.sampled_from(["ignore", "ignore-file", "disable", "enable", "ingore", ""]),
        st.lists(WORDS, max_size=3).map(", ".join),
        st.sampled_from(["", "原稿如此"]),
    ),
    st.sampled_from(
        [DOUBLED, ELLIPSIS, "今天天气很好。", "\n", "\n\n", "- ", "> ", "```\n", "`", "<!--"]
    ),
)


@settings(deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join))
def test_no_comment_invents_or_moves_a_finding(text):
    told = check(text, "WRD001", "PUN006").findings
    everything = check(re.sub("kanwu:", "KANWU:", text), "WRD001", "PUN006").findings
    places = {(f.code, f.place.start.offset) for f in everything}
    assert {(f.code, f.place.start.offset) for f in told} <= places


@settings(deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join))
def test_taking_out_what_silences_nothing_comes_to_an_end_and_keeps_the_rest(text):
    def may(finding):
        return finding.code == "SUP001" and finding.fix is not None

    mended = repair(Document(text, markup="markdown"), linter(*SELECTED), may)
    assert mended.unstable is None
    for word in (DOUBLED, ELLIPSIS):
        assert mended.document.text.count(word) == text.count(word)
