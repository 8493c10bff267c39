"""Documents in other languages, and in Chinese unlike modern prose, that rules on single marks leave alone."""

import tomllib
from pathlib import Path

import pytest

from kanwu import check_text

FAMILIES = ("ENC", "SCR", "PUN", "WRD")
DOCUMENTS = tomllib.loads(
    Path(__file__).with_name("foreign_documents.toml").read_text(encoding="utf-8")
)["document"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["name"])
def test_rules_on_marks_and_words_stay_silent(document):
    found = [
        (finding.code, finding.place.excerpt)
        for finding in check_text(document["text"])
        if finding.code.startswith(FAMILIES)
    ]
    assert not found
