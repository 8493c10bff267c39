"""Text is wrapped here in the ways of several programs, and has to come back."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.broken_paragraphs.hard_wrapped_lines import HardWrappedLines
from kanwu_rules.broken_paragraphs.wrapped_lines import WrappedLines, cells

# A region begins and ends with a line that is torn inside a clause; these have some at any width.
FIRST = (
    "老渡口在县城东门外三里远的地方，从前是两省商人来往的必经之路，河面宽得看不清对岸站着的是牛还是人。"
    "摆渡的人姓石，从祖父那一辈起就住在岸边那间用船板搭成的屋子里，门前一年四季晾着渔网和打了补丁的帆。"
    "涨水的日子谁也过不了河，客人只好在他家的火塘边坐着等，听他讲那些沉在河底的船和船上没有运到的盐巴与布匹。"
    "等到水退下去，他先撑着空船来回走一趟，认准了水底新淤起来的沙洲在哪里，才肯让第一个客人上船。"
)
LAST = (
    "后来上游修起了大坝，又在两岸之间架了公路桥，坐渡船的人一年比一年少，最后剩下的两条船也拖到岸上做了茶馆的招牌。"
    "石家的孙子如今在桥头开了一间修车铺，生意不坏，只是每逢涨水的夜里还要拿着手电到河边走上一遭才睡得着觉。"
    "问他去看什么，他说也不看什么，从小听惯了水声，有一天忽然听不见，反倒觉得屋子里空荡荡的好像少了一口人。"
    "桥上的灯照着黑沉沉的水面，早已没有人记得从前渡口的青石台阶究竟有多少级。"
)
# Small regions must read on over their line ends, hence clauses that mean something.
CLAUSE = st.sampled_from(re.findall(r"[^，。]{3,}", FIRST + LAST))
SENTENCE = st.lists(CLAUSE, min_size=1, max_size=5).map(lambda clauses: "，".join(clauses) + "。")
PARAGRAPH = st.lists(SENTENCE, min_size=3, max_size=9).map("".join)
PIECE = re.compile(r"[!-~]+|.[，。、；：！？”’）》]*", re.DOTALL)


def wrap(paragraph, width, indent=""):
    """Lines of at most so many cells; marks that may not begin a line take their character along."""
    lines, line = [], indent
    for piece in PIECE.findall(paragraph):
        if cells(line + piece) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece != " " else ""
    return [*lines, line]


def fixed(text):
    return run(HardWrappedLines(), Document(text)).fixed


@settings(deadline=None, max_examples=50)
@given(
    st.lists(PARAGRAPH, max_size=6),
    st.integers(32, 100),
    st.sampled_from([("　　", "\n"), ("", "\n\n"), ("    ", "\n\n")]),
)
def test_marked_paragraphs_come_back(paragraphs, width, marks):
    indent, between = marks
    paragraphs = [FIRST, *paragraphs, LAST]
    wrapped = [wrap(paragraph, width, indent) for paragraph in paragraphs]
    # Lines that are full where a sentence ends look like paragraphs of one line: see the known failures.
    assume(sum(line[-1] in "。！？" for lines in wrapped for line in lines[:-1]) < 2)
    assume(sum(len(lines) == 1 for lines in wrapped) < 2)
    text = between.join("\n".join(lines) for lines in wrapped)
    back = fixed(text)
    assert back.replace("\n", "") == text.replace("\n", "")
    assert back == between.join(indent + paragraph for paragraph in paragraphs)


@settings(deadline=None, max_examples=50)
@given(
    st.text("山水，。 \n　Aa-1（“：、\r\t>.", max_size=400) | st.lists(PARAGRAPH).map("\n".join),
    st.integers(24, 80),
)
def test_nothing_but_space_and_hyphens_is_lost(text, width):
    wrapped = "\n".join(line for part in text.split("\n") for line in wrap(part, width))
    for before in (text, wrapped):
        after = fixed(before)
        assert re.sub(r"[\s-]", "", after) == re.sub(r"[\s-]", "", before)


@settings(deadline=None, max_examples=50)
@given(st.lists(SENTENCE, max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_lines_that_are_sentences_are_no_wrapped_text(sentences, newline):
    assert Document(newline.join(sentences)).get(WrappedLines).regions == ()


def test_is_wrap_tells_wraps_from_ends_of_paragraphs():
    text = (
        "　　渔船在天亮以前就出了港，灯光一盏接一盏地消失\n在海面上。码头上只剩下补网的妇女和几条黄狗，她们\n"
        "一边补网一边说起昨天夜里的风，说起没有回来的那条\n船。\n　　太阳出来以后，收鱼的人来了。\n"
    )
    wrapped = Document(text).get(WrappedLines)
    assert [wrapped.is_wrap(line) for line in range(5)] == [True, True, True, False, False]
    (region,) = wrapped.regions
    assert (region.first, region.last, region.blanks) == (0, 3, 0)


def test_blank_lines_between_all_lines_go_with_the_wraps():
    paragraph = (
        "山路绕着水库走了半圈，到村口才变宽，路边的柿子树上还挂着几个果子，没有人摘，也没有鸟来吃，"
        * 3
    )
    text = "\n\n".join([*wrap(paragraph + "冬天快到了。", 50, "　　"), "　　村里很静。"])
    document = Document(text)
    (region,) = document.get(WrappedLines).regions
    assert region.blanks == 1
    assert document.get(WrappedLines).is_wrap(0)
    assert fixed(text) == f"　　{paragraph}冬天快到了。\n\n　　村里很静。"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_make_no_difference(newline):
    lines = wrap(
        "桥头的修表铺只有三尺宽，老板坐在里面转不开身，却能叫出每一位老主顾的名字和他们表的牌子。"
        * 3,
        40,
    )
    assert fixed(newline.join(lines)) == "".join(lines)


def test_code_points_may_be_what_was_counted():
    paragraph = (
        "2019年4月，第12届展会在3号馆举行，来自28个国家的650家企业参加，成交额比2018年多了15%，观众有96000人。"
        * 4
    )
    lines = [paragraph[at : at + 30] for at in range(0, len(paragraph), 30)]
    assert fixed("\n".join(lines)) == paragraph


def test_every_line_end_of_a_region_is_a_wrap_or_an_end():
    text = "\n".join(wrap("东边日出西边雨，" * 30 + "。", 44))
    document = Document(text)
    wrapped = document.get(WrappedLines)
    assert sum(map(wrapped.is_wrap, range(len(document.get(Lines))))) == text.count("\n")
