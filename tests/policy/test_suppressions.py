"""Suppressions: comments and configured tables silence what they name, and nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.document import Document, Span
from kanwu.engine.discovery import discover
from kanwu.engine.finding import whole_file
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import repair
from kanwu.policy.selection import Policy
from kanwu.policy.settings import Settings, Suppression
from kanwu.policy.sieve import Fate, Sieve
from kanwu.policy.silencers import Remainder
from kanwu.policy.suppressions import Suppressor

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


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "comments",
    [
        "<!-- kanwu: ignore[WRD001] --> <!-- kanwu: ignore[PUN006] -->\n\n",
        "<!-- kanwu: ignore[WRD001] -->\n\n<!-- kanwu: ignore[PUN006] -->\n\n",
        "<!-- kanwu: ignore[WRD001] -->\n<!-- kanwu: ignore[PUN006] -->",
        "<!--\n  kanwu: ignore[WRD001, PUN006] 原文如此\n-->\n\n",
        "> <!-- kanwu: ignore[WRD001,PUN006] -->\n>\n> ",
        "> <!-- kanwu: ignore[WRD001，PUN006] -->\n> ",
        "- <!-- kanwu: ignore[WRD001、PUN006] -->\n  ",
        "- 甲\n\n  <!-- kanwu: ignore[WRD001 PUN006] -->\n\n  ",
        "| <!-- kanwu: ignore[WRD001, PUN006] --> |\n| - |\n| ",
        "<div>\n<!-- kanwu: ignore[WRD001, PUN006] -->\n</div>\n\n<!-- kanwu: ignore[ALL] -->\n",
    ],
)
def test_comments_stand_where_markdown_lets_them(comments, end):
    text = f"{comments}{DOUBLED}{ELLIPSIS}\n\n{DOUBLED}\n".replace("\n", end)
    found = check(text, "WRD001", "PUN006").findings
    assert [(f.code, f.place.excerpt.before) for f in found] == [("WRD001", "他们")]


def test_in_a_block_quote_a_comment_concerns_one_paragraph():
    text = f"> <!-- kanwu: ignore[WRD001] -->\n> {DOUBLED}\n>\n> {DOUBLED}\n"
    assert [f.place.start.line for f in check(text, *SELECTED).findings] == [4]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- kanwu: ignore[WRD001 -->",
        "<!-- kanwu: ignore [WRD001 -->",
        "<!-- kanwu: ignore WRD001 -->",
        "<!-- kanwu: ignore doubled-word 原文如此 -->",
        "<!-- kanwu: ignore WRD, PUN -->",
        "<!-- kanwu: disable WRD001 -->",
        "<!-- kanwu: ignore[WRD001] 原文\n如此 -->",
        f"<!-- kanwu: ignore[WRD001] {'原' * 500} -->",
        "<!-- kanwu: ignore[WRD001,\nPUN006] -->",
        "<!-- kanwu: ignore【WRD001】 -->",
    ],
)
def test_a_comment_without_the_form_of_one_is_told_and_silences_nothing(comment):
    assert codes(f"{comment}\n\n{DOUBLED}\n", *SELECTED) == ["SUP002", "WRD001"]


def test_only_a_comment_for_the_whole_file_silences_what_is_about_it():
    half = "今天,天气很好;明天也好:大家都高兴。"
    finding = check(half, "PUN001").findings[0]._replace(place=whole_file("a.md"), evidence={})
    for comment, silenced in (("ignore-file", True), ("ignore", False), ("disable", False)):
        document = Document(f"甲<!-- kanwu: {comment}[PUN001] -->\n", markup="markdown")
        suppressor = Suppressor((), discover(), (), "/")
        assert suppressor.silences(finding, document) == silenced


def test_a_range_ends_where_it_is_ended():
    text = (
        f"<!-- kanwu: disable[WRD001] -->\n{DOUBLED}\n\n{ELLIPSIS}\n\n"
        f"<!-- kanwu: enable[WRD001] -->\n\n{DOUBLED}\n"
    )
    assert codes(text, *SELECTED) == ["PUN006", "WRD001"]


@pytest.mark.parametrize(
    ("disable", "enable", "left"),
    [
        ("[WRD001, PUN006]", "[doubled-word]", ["WRD001"]),
        ("[WRD001, PUN006]", "[WRD]", ["WRD001"]),
        ("[WRD, PUN006]", "[wrd001]", ["WRD001"]),
        (" 原稿如此", "[WRD001]", ["WRD001"]),
        ("[WRD001, PUN006]", "", ["WRD001", "PUN006"]),
        ("[WRD001, PUN006]", "[ALL]", ["WRD001", "PUN006"]),
    ],
)
def test_what_is_enabled_speaks_again_and_nothing_else_does(disable, enable, left):
    text = (
        f"<!-- kanwu: disable{disable} -->\n\n{DOUBLED}{ELLIPSIS}\n\n"
        f"<!-- kanwu: enable{enable} -->\n\n{DOUBLED}{ELLIPSIS}\n"
    )
    found = check(text, *SELECTED).findings
    assert [finding.code for finding in found] == left
    assert {finding.place.start.line for finding in found} == {7}


def test_enabling_what_is_not_disabled_is_told():
    text = f"<!-- kanwu: disable[WRD001] -->\n\n{DOUBLED}\n\n<!-- kanwu: enable[PUN006] -->\n"
    assert codes(text, *SELECTED) == ["SUP001"]
    # It belongs to one that only lacks its reason.
    bare = f"<!-- kanwu: disable -->\n\n{DOUBLED}\n\n<!-- kanwu: enable -->\n"
    assert codes(bare, *SELECTED) == ["SUP003", "WRD001"]


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
            "<!-- kanwu: disable[WRD001] -->\n\n今天天气很好。\n\n<!-- kanwu: enable[WRD001] -->\n",
            "今天天气很好。\n",
        ),
        (
            "<!-- kanwu: ignore[WRD001] --> <!-- kanwu: ignore[PUN006] -->\r\n今天天气很好。\r\n",
            " \r\n今天天气很好。\r\n",
        ),
        (
            "> <!-- kanwu: ignore[WRD001] -->\n>\n> 今天天气很好。\n",
            "> \n>\n> 今天天气很好。\n",
        ),
        ("| 甲 <!--kanwu:ignore[WRD001]--> |\n| - |\n", "| 甲  |\n| - |\n"),
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


@pytest.mark.parametrize("word", ["WRD", "ALL", " 原稿如此"])
def test_a_comment_for_several_rules_stays_while_some_of_them_do_not_run(word):
    named = word if word.startswith(" ") else f"[{word}]"
    text = f"<!-- kanwu: ignore{named} -->\n今天天气很好。\n"
    assert codes(text, *SELECTED) == []
    assert codes(text) == (["SUP001"] if word == "WRD" else [])


def test_a_comment_for_a_rule_that_failed_is_not_called_unused(monkeypatch):
    def fail(*_):
        raise RuntimeError

    text = f"<!-- kanwu: ignore[WRD001] -->\n{DOUBLED}\n"
    chosen = linter(*SELECTED)
    rule = next(rule for rule in chosen.rules if rule.code == "WRD001")
    monkeypatch.setattr(type(rule), "check", fail)
    (checked,) = chosen.check([Document(text, markup="markdown")])
    assert [finding.code for finding in checked.findings] == ["INT001"]


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好。\n\n责任编辑：张三{}\n",
        "{}\n\n今天天气很好。\n\n责任编辑：张三{}\n",
        "{}\n责任编辑：张三{}\n\n今天天气很好。\n",
    ],
)
def test_a_comment_that_hides_what_it_silences_is_of_use(text):
    """A line that ends in a comment is no credit line, and would be one without the comment."""
    comment = "<!-- kanwu: ignore[BOI005] -->"
    other = "<!-- kanwu: ignore[WRD001] -->"
    selected = ("BOI005", "WRD001", "SUP001")
    assert codes(text.replace("{}", ""), *selected) == ["BOI005"]
    *above, last = text.split("{}")
    found = check(other.join(above) + comment + last, *selected).findings
    assert [f.code for f in found] == ["SUP001"] * (len(above) - 1)
    assert all(f.place.start.line == 1 for f in found)


@given(
    st.text("甲乙丙", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=5),
)
def test_what_remains_of_a_text_is_found_again(text, pieces):
    spans = [(start, min(start + size, len(text))) for start, size in pieces if start < len(text)]
    taken = {at for start, end in spans for at in range(start, end)}
    rest = Remainder(text, spans)
    assert rest.text == "".join(c for at, c in enumerate(text) if at not in taken)
    for at in range(len(text) + 1):
        moved = len([before for before in range(at) if before not in taken])
        assert rest.span(Span(at, at)) == (moved, moved)


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
    twice = f"<!-- kanwu: ignore[PUN001] -->\n{half}\n\n{half}<!-- kanwu: ignore[PUN] -->\n"
    assert codes(twice, "PUN001", "SUP") == []


def test_a_configuration_silences_what_is_said_of_comments():
    text = "<!-- kanwu: ignore[WRD001] -->\n今天天气很好。\n"
    for suppression in (Suppression(rules=("SUP001",)), Suppression(reason="自动生成")):
        checked = check(text, *SELECTED, configured=(suppression,))
        assert (checked.findings, checked.passed_over[Fate.SUPPRESSED]) == ([], 1)


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
    assert without_comments(mended.document.text) == without_comments(text)


def without_comments(text):
    return re.sub(r"<!-- kanwu:.*?-->|\s", "", text)
