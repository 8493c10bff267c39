"""What holds for every text that half-width-punctuation repairs."""

from hypothesis import assume, given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.punctuation.half_width_punctuation import FULL, HalfWidthPunctuation

HALF = str.maketrans({full: half for half, full in FULL.items() if half != "."})
WORDS = st.sampled_from(
    ["会议", "在广州", "举行", "代表", "共200余人", "AI", "增长6.25%", "《规定》", "“海创园”"]
)
CLAUSES = st.lists(WORDS, min_size=1, max_size=5).map("".join).map("记者".__add__)
PHRASES = CLAUSES | CLAUSES.map(lambda clause: f"协会（{clause}）承办")
ANYTHING = st.text("好的aB1 \t\n,:;!?().-/=[]{}<>%“”\"'，：（）。、…かハ한😀", max_size=60)


def result(text, **options):
    return run(HalfWidthPunctuation(options), Document(text))


@st.composite
def chinese_texts(draw):
    """Sentences whose commas, colons, semicolons and brackets are all full-width."""
    sentences = draw(st.lists(st.lists(PHRASES, min_size=2, max_size=5), min_size=1, max_size=6))
    marks = st.sampled_from("，，，：；！？")
    return "\n".join(
        "".join(p + draw(marks) for p in phrases) + "会议结束。" for phrases in sentences
    )


@given(chinese_texts())
def test_a_converted_document_is_one_finding_and_comes_back_as_it_was(text):
    folded = text.translate(HALF)
    changed = [at for at, character in enumerate(text) if character != folded[at]]
    found = result(folded)
    (finding,) = found.findings
    assert finding.evidence["count"] == len(changed)
    assert finding.place.start.offset == changed[0]
    assert [r.place.start.offset for r in finding.related] == changed[1:21]
    assert found.fixed == text


@given(chinese_texts())
def test_full_width_text_is_silent(text):
    assert result(text).findings == []


@given(chinese_texts(), st.data())
def test_one_slip_is_one_finding_at_its_place(text, data):
    places = [i for i, c in enumerate(text) if c in "，：；"]
    assume(places)
    at = data.draw(st.sampled_from(places))
    slipped = text[:at] + text[at].translate(HALF) + text[at + 1 :]
    found = result(slipped)
    (finding,) = found.findings
    assert finding.place.start.offset == at
    assert found.fixed == text


@given(ANYTHING)
def test_a_fix_only_widens_marks_and_takes_single_spaces_after_them(text):
    fixed = result(text).fixed
    assert result(fixed).findings == []
    rest = iter(text)
    for character in fixed:
        old = next(rest)
        while old == " " != character:
            old = next(rest)
        assert character == old or character == FULL[old]
    assert "".join(rest).strip(" ") == ""


@given(st.text("abcé XYZ0123,:;!?().“”’—\n", max_size=80))
def test_text_without_han_is_silent(text):
    assert result(text).findings == []


@given(ANYTHING)
def test_the_options_only_take_marks_away(text):
    every = edited(text)
    assert edited(text, width="own") <= every
    assert edited(text, brackets=False) <= {at for at in every if text[at] not in "()"}


def edited(text, **options):
    return {e.start.offset for f in result(text, **options).findings for e in f.fix.edits}
