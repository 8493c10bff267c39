"""The rules on broken paragraphs together: what is whole stays silent, what is torn is put back."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import applicable, repair
from kanwu_rules.broken_paragraphs.breaks import Breaks, Kind
from kanwu_rules.broken_paragraphs.cut_head import CutHead
from kanwu_rules.broken_paragraphs.cut_tail import CutTail
from kanwu_rules.broken_paragraphs.hard_wrapped_lines import HardWrappedLines
from kanwu_rules.broken_paragraphs.interrupted_paragraph import InterruptedParagraph
from kanwu_rules.broken_paragraphs.merged_articles import MergedArticles
from kanwu_rules.broken_paragraphs.split_paragraph import SplitParagraph
from kanwu_rules.broken_paragraphs.unbalanced_bracket import UnbalancedBracket
from kanwu_rules.broken_paragraphs.unfinished_list import UnfinishedList

BREAKS = (SplitParagraph, InterruptedParagraph, CutTail, CutHead, UnbalancedBracket)
FAMILY = (*BREAKS, UnfinishedList, HardWrappedLines, MergedArticles)
WHOLE = tomllib.loads(
    Path(__file__).with_name("unbroken_documents.toml").read_text(encoding="utf-8")
)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def linter(*rules):
    return Linter([rule() for rule in rules])


def findings(text, *rules, markup="plain"):
    (checked,) = linter(*rules).check([Document(text, markup=markup)])
    return checked.findings


def put_back(text):
    may_apply = applicable(unsafe=True, chosen=frozenset())
    return repair(Document(text), linter(*FAMILY), may_apply).document.text


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("markup", ["plain", "markdown"])
def test_documents_whose_lines_end_like_no_sentence_are_whole(name, markup):
    found = findings(WHOLE[name]["text"].lstrip("\n"), *FAMILY, markup=markup)
    assert [(f.code, f.place.excerpt.inside) for f in found] == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_what_a_rule_says_does_not_hang_on_the_others(path):
    text = path.read_text(encoding="utf-8")
    together = findings(text, *FAMILY)
    alone = [finding for rule in FAMILY for finding in findings(text, rule)]
    assert sorted(together, key=lambda f: f.order) == sorted(alone, key=lambda f: f.order)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_putting_the_seeds_back_together_keeps_every_character(path):
    text = path.read_text(encoding="utf-8")
    after = put_back(text)
    assert sorted("".join(after.split())) == sorted("".join(text.split()))
    # What is put back is whole: nothing is left to join.
    assert not findings(after, SplitParagraph, InterruptedParagraph)


def test_a_break_in_the_seeds_is_told_once():
    for path in SEEDS:
        breaks = Document(path.read_text(encoding="utf-8")).get(Breaks).all
        halves = [half.start for found in breaks for half in (found.before, found.after) if half]
        assert len(halves) == len(set(halves)), path.name


def test_lines_between_are_kept_in_order():
    text = (
        "昨天上午，全市经济工作会议召开。\n\n会议指出，经济运行总体平稳，工业增加值增长百分之六，固定资产投\n\n"
        "第一行小字\n\n第二行小字\n\n资增长百分之四，消费品零售总额稳步回升。\n"
    )
    after = put_back(text)
    assert "固定资产投资增长百分之四" in after
    assert after.index("回升。") < after.index("第一行小字") < after.index("第二行小字")


@settings(deadline=None)
@given(
    st.lists(
        st.text("的在了会议经济市场创新发展，。、；：（）“”《》第一1a .\t\u3000", max_size=40),
        max_size=8,
    ),
    st.sampled_from(["\n", "\n\n", "\r\n", "\r"]),
    st.sampled_from(["plain", "markdown"]),
)
def test_any_text_ends_in_breaks_of_one_kind_each_inside_it(lines, newline, markup):
    text = newline.join(lines)
    document = Document(text, markup=markup)
    for found in document.get(Breaks).all:
        halves = [half for half in (found.before, found.after) if half]
        assert len(halves) == (2 if found.kind in (Kind.SPLIT, Kind.INTERRUPTED) else 1)
        assert all(text[half.start : half.end] == half.text for half in halves)
        assert 0 <= found.confidence <= 1


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            [
                "会议指出，经济运行总体平稳，固定资产投",
                "资增长百分之四，消费稳步回升。",
                "与会代表参观了展览。",
                "颁奖仪式",
                "活动方供图",
                "他表示，这项工作要坚持多边主",
                "义，维护宪章的宗旨和原则。",
                "",
            ]
        ),
        max_size=10,
    )
)
def test_putting_back_loses_no_character(lines):
    text = "\n".join(lines)
    after = put_back(text)
    assert sorted("".join(after.split())) == sorted("".join(text.split()))


@pytest.mark.parametrize("between", ["”", "，", "～", "* * *", "　　”"])
def test_joining_halves_keeps_lines_that_are_no_paragraphs(between):
    first, second = "会议指出，各级党委要坚决维护以人民为", "中心的发展思想，把重大部署落到实处。"
    text = f"大会昨天开幕。\n\n{first}\n\n绿色船舶订单量增长。\n\n{between}\n\n{second}\n"
    after = put_back(text)
    assert sorted("".join(after.split())) == sorted("".join(text.split()))


def test_the_number_of_an_item_in_markdown_is_no_half_of_a_sentence():
    text = "会议指出，经济运行总体平稳，固定资产投\n\n1. 资增长百分之四，消费稳步回升。\n"
    assert not findings(text, SplitParagraph, InterruptedParagraph, markup="markdown")


def test_a_sample_of_the_beginnings_finds_the_lost_one_of_a_whole_document(seeds):
    text = min(seeds.glob("000*")).read_text(encoding="utf-8")
    (checked,) = linter(*FAMILY).check([Document(text)])
    assert ("cut-head", 85) in {(f.name, f.place.start.line) for f in checked.findings}
