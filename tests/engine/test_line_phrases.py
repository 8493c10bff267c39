"""Entries of phrases: which lines each key holds for, and what is said of an entry that is wrong."""

import pytest

from kanwu.analysis.page_lines import PageLines
from kanwu.documents.document import Document
from kanwu.engine.bounded_patterns import BoundedPattern
from kanwu.engine.line_edges import LineEnds, LineStarts
from kanwu.engine.line_phrases import KEYS, PhraseError, read_phrases
from kanwu.engine.linting import Linter
from kanwu.engine.rule import Rule
from kanwu.engine.triggers import EveryDocument, Literals

PROSE = "今天的天气非常好，我们在公园里走了很久，看见了许多没有见过的花。"


class Listening(Rule):
    """Finds the lines of a table by way of the scan, as rules do."""

    code = "TST001"
    name = "listening"

    def __init__(self, table):
        super().__init__()
        self.table = table
        self.where = table.triggers
        self.found = []

    def check(self, document, places):
        self.found += [document.get(PageLines).lines[i] for i in self.table.lines(document, places)]
        return iter(())


def lines(text, *entries):
    """The lines of a text that entries describe, whether looked for by triggers or one by one."""
    table = read_phrases(list(entries), pattern=BoundedPattern)
    document = Document(text)
    page = document.get(PageLines)
    found = [page.lines[i] for i in range(len(page)) if page[i] and table.fits(page, i)]
    rule = Listening(table)
    list(Linter([rule]).check([document]))
    assert rule.found == found
    return found


@pytest.mark.parametrize(
    ("entry", "yes", "no"),
    [
        (
            {"starts": ["责任编辑:"]},
            ["责任编辑： 张三", "【责任编辑：张三】"],
            ["本报责任编辑：张三"],
        ),
        ({"ends": ["摄"]}, ["张三　摄", "张三摄）"], ["张三摄于北京"]),
        (
            {"equals": ["首页", "Home"]},
            ["首页", "【首 页】", "HOME", "Ｈｏｍｅ >"],
            ["首页新闻", "homes"],
        ),
        ({"contains": ["扫码"]}, ["请您扫码关注"], ["请您关注", "扫\n码"]),
        ({"starts": ["关注"], "lacks": ["，"]}, ["关注我们"], ["关注我们，谢谢", "关注我们, 谢谢"]),
        ({"starts": ["电话"], "longest": 5}, ["电话123", "电话　　１２３"], ["电话1234"]),
        ({"starts": ["电话"], "shortest": 5}, ["电话123"], ["电话12"]),
        ({"pattern": r"^第\d+版$"}, ["第12版", "第１２版"], ["第版", "在第12版"]),
        ({"pattern": r"^QQ：\d（\d）"}, ["qq:1(2)", "ＱＱ：１（２）"], ["qq1(2)"]),
        ({"pattern": r"^qq\：\d\（"}, ["QQ：1（"], ["QQ1"]),
        ({"pattern": r"^[：（]\\（"}, ["：\\（", "(\\("], ["：（"]),
        ({"starts": ["一"], "ends": ["二"]}, ["一二", "一又二"], ["一", "二"]),
    ],
)
def test_every_key_holds_or_does_not(entry, yes, no):
    for line in yes:
        assert lines(f"{PROSE}\n{line}\n{PROSE}", entry) == [line]
    for line in no:
        assert lines(f"{PROSE}\n{line}\n{PROSE}", entry) == []


def test_roles_and_position():
    text = f"张三 摄\n\n{PROSE}\n\n{PROSE}\n\n张三 摄"
    assert lines(text, {"ends": ["摄"], "position": "head"}) == ["张三 摄"]
    assert lines(text, {"ends": ["摄"], "position": "tail"}) == ["张三 摄"]
    assert lines(text, {"ends": ["摄"]}) == ["张三 摄"] * 2
    assert lines(text, {"ends": ["花。"], "roles": ["body"]}) == [PROSE] * 2
    assert lines(text, {"ends": ["花。"], "roles": ["title", "verse"]}) == []


def test_neighbours_and_runs():
    text = "微信\n\n微博\n豆瓣\n正文\n微信\n正文"
    share = {"equals": ["微信", "微博", "豆瓣"]}
    assert lines(text, share | {"together": 3}) == ["微信", "微博", "豆瓣"]
    assert lines(text, share | {"together": 4}) == []
    assert lines(text, share | {"above": {"equals": ["微信"]}}) == ["微博"]
    assert lines(text, share | {"below": {"longest": 2, "equals": ["正文"]}}) == ["豆瓣", "微信"]
    assert lines(text, share | {"above": {"above": {"equals": ["微信"]}}}) == ["豆瓣"]


def test_a_line_is_found_once_whatever_describes_it():
    both = {"contains": ["微", "信"]}, {"starts": ["微"]}, {"ends": ["信"]}
    assert lines("微信信微信\n甲", *both) == ["微信信微信"]


def test_what_is_looked_for_is_the_rarest_key():
    def kinds(*entries):
        return [type(trigger) for trigger in read_phrases(list(entries)).triggers]

    assert kinds({"starts": ["甲"], "contains": ["乙"]}) == [LineStarts]
    assert kinds({"ends": ["甲"], "contains": ["乙"]}) == [LineEnds]
    assert kinds({"contains": ["乙"]}, {"equals": ["甲"]}) == [LineStarts, Literals]
    assert kinds({"pattern": "甲"}, {"equals": ["甲"]}) == [EveryDocument]


@pytest.mark.parametrize(
    ("entries", "key", "expected"),
    [
        ("甲", "lines", "a list of tables"),
        ([], "lines", "a list of tables"),
        ([1], "lines[1]", "a table"),
        ([{"starts": ["甲"]}, {"start": ["甲"]}], "lines[2]", "one of the keys " + ", ".join(KEYS)),
        ([{"longest": 3}], "lines[1]", "at least one of starts, equals, ends, contains, pattern"),
        ([{"starts": "\n"}], "lines[1].starts", "a list of strings"),
        ([{"starts": []}], "lines[1].starts", "a list of strings"),
        ([{"equals": ["甲", 1]}], "lines[1].equals", "a list of strings"),
        ([{"contains": ["　"]}], "lines[1].contains", "words, not blanks"),
        ([{"starts": ["甲"], "longest": 0}], "lines[1].longest", "of at least 1"),
        ([{"starts": ["甲"], "longest": True}], "lines[1].longest", "a whole number"),
        ([{"starts": ["甲"], "together": "3"}], "lines[1].together", "a whole number"),
        ([{"pattern": "(甲"}], "lines[1].pattern", "a regular expression: missing )"),
        ([{"pattern": "(" * 9999}], "lines[1].pattern", "a regular expression: "),
        ([{"pattern": ""}], "lines[1].pattern", "a regular expression"),
        ([{"starts": ["甲"], "roles": ["bodies"]}], "lines[1].roles", "a list of roles: title,"),
        ([{"starts": ["甲"], "position": "end"}], "lines[1].position", "one of head, tail"),
        ([{"starts": ["甲"], "above": []}], "lines[1].above", "a table"),
        ([{"starts": ["甲"], "below": {"ends": 1}}], "lines[1].below.ends", "a list of strings"),
    ],
)
def test_what_is_wrong_in_an_entry_is_told(entries, key, expected):
    with pytest.raises(PhraseError) as caught:
        read_phrases(entries, pattern=BoundedPattern)
    assert caught.value.key == key
    assert caught.value.expected.startswith(expected) or expected in caught.value.expected
