"""What unfinished-list tells of a list."""

import pytest

from kanwu import Document, check_text
from kanwu_rules.broken_paragraphs.announcements import announced_before
from kanwu_rules.broken_paragraphs.enumerations import Enumerations
from kanwu_rules.broken_paragraphs.numerals import value


def findings(text):
    return [finding for finding in check_text(text) if finding.code == "TRU006"]


def test_what_was_announced_found_and_missed():
    (finding,) = findings("他提出三点要求：一要提高站位，\n二要落实责任，")
    assert finding.evidence == {"announced": 3, "found": [1, 2], "missing": [3]}
    assert "“三点要求” announces 3 items" in str(finding.message)
    assert [r.place.excerpt.inside for r in finding.related] == ["一要", "二要"]


def test_a_series_with_two_gaps_is_one_finding():
    (finding,) = findings("一是甲事，二是乙事，四是丁事，五是戊事，七是庚事。")
    assert finding.evidence["missing"] == [3, 6]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("（一）甲\n（二）乙\n一、丙\n（一）丁\n（二）戊", [[1, 2], [1, 2]]),
        ("（一）甲\n（一）子\n（二）丑\n（二）乙", [[1, 2], [1, 2]]),
        (
            "（一）甲\n（二）乙\n（三）丙\n第二条\n（一）丁\n（二）戊\n（四）己",
            [[1, 2, 3], [1, 2, 4]],
        ),
    ],
)
def test_series_are_kept_apart(text, levels):
    series = Document(text).get(Enumerations).of_style("（一）")
    assert [[marker.number for marker in one.markers] for one in series] == levels


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("提出三点要求：", 3),
        ("会议部署了12项重点工作。", 12),
        ("从两个方面作了说明，", 2),
        ("提出三点要求。他强调，", 3),
        ("第三条规定：", None),
        ("用了三个月时间：", None),
        ("提出三点要求：第一，", None),
    ],
)
def test_announcements(text, items):
    found = announced_before(text, len(text))
    assert (found and found.items) == items


@pytest.mark.parametrize(
    ("written", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十四", 34), ("７", 7), ("③", 3)],
)
def test_numerals(written, number):
    assert value(written) == number


@pytest.mark.parametrize("written", ["一二", "十十", "二三四"])
def test_what_is_no_number(written):
    assert value(written) == 0
