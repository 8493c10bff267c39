"""Texts: edits and positions in code units, for any text and any edit."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from kanwu.server.texts import ImpossibleEditError, Text, split_lines

CHARACTERS = st.sampled_from("ab好，\n\r\n\r\u2028\x0b\x85\u3000𠮷😀é")
TEXTS = st.text(CHARACTERS, max_size=30)
UNITS = {
    "utf-8": lambda s: len(s.encode()),
    "utf-16": lambda s: len(s.encode("utf-16-le")) // 2,
    "utf-32": len,
}
ENCODINGS = st.sampled_from(sorted(UNITS))


def places(text):
    """Every place that a position can mean, with its line, its column in code points, and its offset."""
    ends = [0, *(found.end() for found in re.finditer("\r\n|\n|\r", text)), len(text)]
    for line, (start, end) in enumerate(pairwise(ends)):
        content = text[start:end].rstrip("\r\n")
        for column in range(len(content) + 1):
            yield line, content[:column], start + column


@given(TEXTS, ENCODINGS)
def test_every_place_is_a_position_and_back(whole, encoding):
    text = Text(whole, encoding)
    for line, head, offset in places(whole):
        position = Position(line, UNITS[encoding](head))
        assert text.position(offset) == position
        assert text.offset(position) == offset


@given(TEXTS, ENCODINGS, st.data())
def test_an_edit_is_put_where_it_belongs(whole, encoding, data):
    text = Text(whole, encoding)
    for _ in range(3):
        here = sorted(places(text.whole), key=lambda p: p[2])
        (line, head, start), (last, tail, end) = sorted(
            data.draw(st.tuples(st.sampled_from(here), st.sampled_from(here))), key=lambda p: p[2]
        )
        new = data.draw(TEXTS)
        expected = text.whole[:start] + new + text.whole[end:]
        units = UNITS[encoding]
        text.replace(Range(Position(line, units(head)), Position(last, units(tail))), new)
        assert text.whole == expected
        assert text._lines == split_lines(expected)


@given(TEXTS, TEXTS, st.data())
def test_an_edit_for_the_client_does_what_it_says(whole, new, data):
    offsets = st.integers(0, len(whole))
    start, end = sorted(data.draw(st.tuples(offsets, offsets)))
    text = Text(whole)
    edit = text.edit(start, end, new)
    copy = Text(whole)
    copy.replace(edit.range, edit.new_text)
    assert copy.whole == whole[:start] + new + whole[end:]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ((1, 0), (0, 0), "before it begins"),
        ((0, 3), (0, 1), "before it begins"),
        ((9, 0), (9, 0), "reaches line 10 of a text that has 2 lines"),
        ((0, 0), (3, 0), "reaches line 4"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(start, end, why):
    text = Text("一行\n两行")
    with pytest.raises(ImpossibleEditError, match=why):
        text.replace(Range(Position(*start), Position(*end)), "x")
    assert text.whole == "一行\n两行"


def test_past_an_end_means_the_end():
    text = Text("一行\n两行")
    text.replace(Range(Position(0, 99), Position(1, 99)), "。")
    assert text.whole == "一行。"
    text.replace(Range(Position(1, 0), Position(1, 0)), "完")
    assert text.whole == "一行。完"


def test_half_a_character_is_put_together_in_utf_16_and_refused_in_utf_8():
    text = Text("😀")
    # U+1F600 and U+1F601 share their first unit: an editor may replace the second one alone.
    text.replace(Range(Position(0, 1), Position(0, 2)), "\ude01")
    assert text.whole == "😁"
    with pytest.raises(ImpossibleEditError, match="cuts a character"):
        Text("好", "utf-8").replace(Range(Position(0, 1), Position(0, 3)), "")
