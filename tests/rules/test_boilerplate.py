"""The rules on boilerplate over whole documents and whole pages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kanwu import Document
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter

RULES = [rule() for rule in discover() if rule.family() == "BOI"]
DOCUMENTS = tomllib.loads(
    Path(__file__).with_name("unfurnished_documents.toml").read_text(encoding="utf-8")
)["document"]


def findings(text, markup="plain"):
    (checked,) = Linter(RULES).check([Document(text, markup=markup)])
    return [(f.name, text[f.place.start.offset : f.place.end.offset]) for f in checked.findings]


@pytest.mark.parametrize("markup", ["plain", "markdown"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["name"])
def test_a_document_without_furniture_is_left_alone(document, markup):
    assert findings(document["text"], markup) == []
