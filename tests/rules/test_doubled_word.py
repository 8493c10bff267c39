"""Properties of the judgement, and of its lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.wording.doubled_word import ENGLISH, SINGLE, DoubledWord
from kanwu_rules.wording.doublings import lexicon, period

PLAIN = sorted(lexicon().words - lexicon().repeated)


def findings(text):
    return run(DoubledWord(), Document(text)).findings


@given(st.sampled_from(PLAIN))
def test_a_common_word_between_particles_is_found_when_doubled(word):
    text = f"其{word}{word}的。"
    result = run(DoubledWord(), Document(text))
    # A particle and the word's first or last character may be a word themselves.
    assert result.fixed in (f"其{word}的。", text)
    assert len(result.findings) <= 1


@pytest.mark.parametrize("word", ["发展", "经济", "國家", "认为", "進行", "技术", "文件"])
def test_a_formal_word_is_found_when_doubled(word):
    result = run(DoubledWord(), Document(f"本文就{word}{word}，提出看法。"))
    assert result.fixed == f"本文就{word}，提出看法。"


@given(st.sampled_from(sorted(lexicon().repeated)))
def test_a_word_doubled_on_purpose_is_silent(word):
    assert not findings(f"他说{word}{word}这件事。")


@given(st.sampled_from(PLAIN), st.integers(3, 8))
def test_three_copies_are_meant(word, copies):
    assert not findings(f"其{word * copies}的。")


@given(st.text("的了在是和与为发展经济国家研究, a\n。《》", max_size=40))
def test_any_text_is_fixed_without_losing_a_word(text):
    fixed = run(DoubledWord(), Document(text)).fixed
    assert set(fixed) == set(text)


@given(st.text("甲乙丙", min_size=2, max_size=4), st.integers(2, 5))
def test_the_period_is_the_shortest(word, copies):
    stretch = word * copies
    size = period(stretch)
    assert size <= len(word)
    assert all(stretch[at] == stretch[at + size] for at in range(len(stretch) - size))


def test_what_triggers_is_what_the_lists_know():
    known = lexicon()
    assert {pair[0].translate(known.folds) for pair in SINGLE} == set(known.single)
    for word in ENGLISH:
        for text in (f"x {word} {word} y", f"{word.title()} {word} y"):
            assert [f.message.parameters["word"] for f in findings(text)] == [word]
