"""Properties of the matching that no list of cases can show."""

from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.linting import Linter
from kanwu_rules.broken_paragraphs.brackets import KINDS, Brackets
from kanwu_rules.broken_paragraphs.unbalanced_bracket import UnbalancedBracket

PLAIN = st.text("字词句段，、甲乙丙", min_size=1, max_size=8)
QUOTED = [kind for kind in KINDS if kind not in ("［］", "｛｝")]


def balanced(inner):
    wrapped = st.tuples(st.sampled_from(QUOTED), inner).map(lambda p: p[0][0] + p[1] + p[0][1])
    return st.lists(st.one_of(PLAIN, wrapped), max_size=4).map("句".join)


BALANCED = st.recursive(PLAIN, balanced, max_leaves=12)


def findings(text, markup="plain"):
    (checked,) = Linter([UnbalancedBracket()]).check([Document(text, markup=markup)])
    return checked.findings


@given(st.lists(BALANCED, max_size=6))
def test_balanced_paragraphs_are_silent(paragraphs):
    assert not findings("\n".join(paragraphs))


@given(BALANCED, BALANCED, st.sampled_from(["（", "《", "【", "「", "“"]), st.sampled_from("\n\r"))
def test_one_lost_closer_is_found_where_its_opener_stands(before, after, opener, newline):
    text = f"{before}句。{newline}甲乙{opener}丙丁{after}戊己。"
    (finding,) = findings(text)
    assert finding.place.start.offset == text.index(newline) + 3


@given(
    st.text("（）()“”‘’《》[]1a，。：\n\r 字-", max_size=60), st.sampled_from(["plain", "markdown"])
)
def test_any_text_gives_marks_in_order_and_partners_that_agree(text, markup):
    found = Document(text, markup=markup).get(Brackets).unmatched
    assert [mark.offset for mark in found] == sorted({mark.offset for mark in found})
    by_offset = {mark.offset: mark for mark in found}
    for mark in found:
        assert mark.start <= mark.offset < mark.end
        if mark.partner is not None:
            other = by_offset[mark.partner]
            assert (other.partner, other.kind) == (mark.offset, mark.kind)
            assert other.opens is not mark.opens


def test_a_torn_quotation_knows_both_halves():
    text = "采用“主会场+分\n\n会场”相结合的方式。"
    opener, closer = Document(text).get(Brackets).unmatched
    assert (opener.partner, closer.partner) == (closer.offset, opener.offset)
    assert not opener.runs_on


def test_a_quotation_of_several_paragraphs_runs_on():
    found = Document("他说：“甲。\n乙。\n丙。”").get(Brackets).unmatched
    assert [mark.runs_on for mark in found] == [True, True]


def test_hopeless_text_is_not_judged():
    assert not findings("字（" * 1000)
