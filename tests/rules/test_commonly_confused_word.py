"""Properties of the lists of slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.wording.commonly_confused_word import CommonlyConfusedWord
from kanwu_rules.wording.confusions import (
    SIMPLIFIED,
    TRADITIONAL,
    confused_words,
    neighbours,
    right_in,
    right_words,
)

right_in("")  # read before anything is timed
FORMS = sorted(confused_words())
PLAIN = sorted(confused_words() - neighbours()["unless"].keys() - neighbours()["only"].keys())


@pytest.mark.parametrize("name", [*SIMPLIFIED, TRADITIONAL])
def test_a_list_has_forms_as_long_as_the_right_words(name):
    for form, right in right_words(name).items():
        assert form != right, form
        assert len(form) == len(right), form


def test_no_form_is_a_right_word():
    assert confused_words().isdisjoint(right_words(*SIMPLIFIED, TRADITIONAL).values())


def test_what_stands_beside_is_said_of_forms_that_are_listed():
    for table in neighbours().values():
        assert table.keys() <= confused_words()
        assert all(left or right for left, right in table.values())


@given(st.sampled_from(PLAIN))
def test_a_form_between_particles_is_found_and_righted(form):
    text = f"这里，{form}。"
    result = run(CommonlyConfusedWord(), Document(text))
    assert result.findings
    assert result.fixed == f"这里，{right_in(text)[form]}。"


@given(st.sampled_from(FORMS))
def test_a_form_that_is_named_is_silent(form):
    assert not run(CommonlyConfusedWord(), Document(f"这里，“{form}”是错别字。")).findings
    assert not run(CommonlyConfusedWord(), Document(f"他写了《{form}》这本书。")).findings


@given(st.text("自己经既使是时侯，。的按装“”", max_size=30))
def test_any_text_keeps_its_length(text):
    assert len(run(CommonlyConfusedWord(), Document(text)).fixed) == len(text)
