"""Lines: ends at LF, CRLF and lone CR only, and offsets that lead there and back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Document

TEXT = st.text("甲a\n\r\u2028\x85\x0c", max_size=40)


@given(TEXT)
def test_lines_and_ends_together_are_the_text(text):
    lines = Lines(text)
    pieces = [text[s:e] for s, e in zip(lines.starts, [*lines.starts[1:], len(text)], strict=True)]
    assert "".join(pieces) == text
    assert [re.sub(r"\r\n$|\n$|\r$", "", piece) for piece in pieces] == list(lines)


@given(TEXT)
def test_lines_are_those_of_universal_newlines(text):
    expected = re.split(r"\r\n|\r|\n", text)
    if len(expected) > 1 and not expected[-1]:
        expected.pop()
    assert list(Lines(text)) == expected


@given(TEXT, st.data())
def test_location_leads_back_to_the_offset(text, data):
    document = Document(text)
    offset = data.draw(st.integers(0, len(text)))
    lines = document.get(Lines)
    at = lines.locate(offset)
    assert lines.starts[at.line - 1] + at.column - 1 == at.offset == offset
    assert lines.index(offset) == at.line - 1
