"""Applying edits: nothing but what they say, in any order, none of them twice."""

from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.engine.finding import Finding, Fix, Message, Safety, Severity, edit, place
from kanwu.fixes.applying import applicable, apply_edits, without_conflicts

TEXT = st.text("甲乙丙,\n\r", max_size=30)


@st.composite
def text_with_findings(draw):
    document = Document(draw(TEXT))
    size = len(document.text)
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted)
    findings = []
    for cuts in draw(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=6)):
        edits, last = [], 0
        for start, end in sorted(cuts):
            if start >= last:
                edits.append(edit(document, start, end, draw(st.text("新X", max_size=2))))
                last = max(end, start + 1)
        if edits:
            message = Message("m", "m", {})
            fix = Fix(Safety.SAFE, message, tuple(edits))
            at = place(document, edits[0].start.offset, edits[-1].end.offset)
            findings.append(Finding("TST001", "test", Severity.WARNING, message, at, fix=fix))
    return document, sorted(findings, key=lambda f: f.order)


@given(text_with_findings())
def test_what_is_taken_never_overlaps_and_the_first_is_always_taken(case):
    document, findings = case
    taken = without_conflicts(findings)
    assert taken[:1] == findings[:1]
    edits = [e for f in taken for e in f.fix.edits]
    result = apply_edits(document.text, edits)
    change = sum(len(e.text) - (e.end.offset - e.start.offset) for e in edits)
    assert len(result) == len(document.text) + change


@given(text_with_findings(), st.randoms())
def test_the_order_of_edits_does_not_matter(case, random):
    document, findings = case
    edits = [e for f in without_conflicts(findings) for e in f.fix.edits]
    shuffled = edits[:]
    random.shuffle(shuffled)
    assert apply_edits(document.text, shuffled) == apply_edits(document.text, edits)


@given(TEXT)
def test_no_edit_changes_nothing(text):
    assert apply_edits(text, []) == text


def test_safety_and_information():
    def finding(safety, severity=Severity.WARNING):
        document = Document("甲")
        fix = Fix(safety, Message("", "", {}), (edit(document, 0, 1, ""),))
        return Finding("TST001", "t", severity, Message("", "", {}), place(document, 0, 1), fix=fix)

    plain = applicable(unsafe=False, chosen=frozenset())
    unsafe = applicable(unsafe=True, chosen=frozenset())
    chosen = applicable(unsafe=False, chosen=frozenset({"TST001"}))
    assert plain(finding(Safety.SAFE))
    assert not plain(finding(Safety.UNSAFE))
    assert unsafe(finding(Safety.UNSAFE))
    assert not unsafe(finding(Safety.SHOWN))
    assert not plain(finding(Safety.SAFE, Severity.INFO))
    assert chosen(finding(Safety.SAFE, Severity.INFO))
