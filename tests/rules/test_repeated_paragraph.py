"""Properties of the search for repeats."""

from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.duplication.repeated_paragraph import RepeatedParagraph

SENTENCES = [f"这是第{n}句话，它有二十个以上的字，所以算得上是一个段落了。" for n in "一二三四五"]
LINES = st.lists(st.sampled_from([*SENTENCES, "小标题", "", "　", "表格：甲"]), max_size=14)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["plain", "markdown"]))
def test_fixed_text_holds_no_copy_in_a_row_and_loses_no_line(lines, newline, markup):
    text = newline.join(lines)
    fixed = run(RepeatedParagraph(), Document(text, markup=markup)).fixed
    assert not run(RepeatedParagraph(), Document(fixed, markup=markup)).findings
    kept = fixed.split(newline)
    assert {line for line in lines if line.strip()} == {line for line in kept if line.strip()}


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), st.integers(1, 4))
def test_a_text_pasted_again_and_again_is_one_finding(sentences, times):
    once = "\n\n".join(sentences)
    text = "\n\n".join([once] * (times + 1))
    result = run(RepeatedParagraph(), Document(text + "\n"))
    (finding,) = result.findings
    assert finding.place.start.offset == len(once) + 2
    assert finding.evidence == {"paragraphs": len(sentences), "count": times + 1}
    assert result.fixed == once + "\n"
