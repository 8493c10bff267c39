"""Which date a claim holds for."""

import pytest

from kanwu import Document
from kanwu_rules.figures.claim_dates import date_of
from kanwu_rules.figures.claims import Claims


@pytest.mark.parametrize(
    ("text", "date", "in_sentence"),
    [
        ("2023年，收入5亿元。", "2023", True),
        ("收入5亿元，是2023年的成绩。", "2023", True),
        ("2023年很好。收入5亿元。", "2023", False),
        ("第22届大会有5个分会场。", None, False),
        ("2023年很好。\n\n收入5亿元。", None, False),
    ],
)
def test_the_nearest_date(text, date, in_sentence):
    document = Document(text)
    (claim,) = document.get(Claims)
    held = date_of(document, claim)
    assert (held and held.date.value) == date
    assert (held is not None and held.in_sentence) == in_sentence
