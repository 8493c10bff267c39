"""The model of edges: what it is for, what it does with odd text, and its size."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from kanwu_rules.broken_paragraphs import edges as module
from kanwu_rules.broken_paragraphs.edges import edges, torn_head, torn_line
from kanwu_rules.broken_paragraphs.halves import Usual

ODD = ("", " ", "\u3000", "。", "\ud800", "𠮷野家", "a" * 5000, "，" * 5000)


@pytest.mark.parametrize(
    ("whole", "torn"),
    [
        ("本次会议昨天在广州举行，两百名代表出席。", "次会议昨天在广州举行，两百名代表出席。"),
        ("进一步拓展了农村消费空间，带动农民增收。", "步拓展了农村消费空间，带动农民增收。"),
        ("他表示，企业将继续扩大投资。", "示，企业将继续扩大投资。"),
    ],
)
def test_a_torn_beginning_scores_above_the_whole_one(whole, torn):
    assert torn_head(torn) > torn_head(whole) + 1


@pytest.mark.parametrize(
    ("headline", "torn"),
    [
        ("全市经济工作会议今天召开", "全市经济工作会议今天在市政府礼"),
        ("新航线开通 货运增长三成", "新航线开通以后，货运量比去年同"),
        ("如何安装编译器", "如果你已经安装了编译器，就可以在"),
    ],
)
def test_a_torn_line_scores_above_a_headline(headline, torn):
    assert torn_line(torn) > torn_line(headline) + 1


@pytest.mark.parametrize("text", ODD)
def test_odd_text_has_a_score(text):
    assert math.isfinite(torn_head(text))
    assert math.isfinite(torn_line(text))


def test_scripts_and_widths_are_one():
    assert edges().torn_head("們認為，會議") == edges().torn_head("们认为，会议")
    assert edges().torn_line("第１２届會議") == edges().torn_line("第34届会议")


def test_the_table_is_small():
    assert Path(module.__file__).with_suffix(".bin").stat().st_size < 400_000


def test_what_is_usual_leaves_out_the_paragraph_itself():
    usual = Usual(["他表示，企业将继续扩大投资。"] * 4 + ["示。"])
    assert usual.shorter("示。") == 4
    assert usual.shorter("他表示，企业将继续扩大投资。") < 0
    assert Usual(["他来了。"]).shorter("他来了。") == 0
    assert Usual(["他来了。"]).head("他来了。") == 0
