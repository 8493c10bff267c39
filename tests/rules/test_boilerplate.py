"""The rules on boilerplate over whole documents and whole pages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kanwu import Document
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import repair

RULES = [rule() for rule in discover() if rule.family() == "BOI"]
HERE = Path(__file__)
DOCUMENTS = tomllib.loads(HERE.with_name("unfurnished_documents.toml").read_text(encoding="utf-8"))[
    "document"
]
PAGES = tomllib.loads(HERE.with_name("furnished_pages.toml").read_text(encoding="utf-8"))["page"]


def findings(text, markup="plain"):
    (checked,) = Linter(RULES).check([Document(text, markup=markup)])
    return [(f.name, text[f.place.start.offset : f.place.end.offset]) for f in checked.findings]


@pytest.mark.parametrize("markup", ["plain", "markdown"])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["name"])
def test_a_document_without_furniture_is_left_alone(document, markup):
    assert findings(document["text"], markup) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_what_is_left_of_a_page_is_its_article(page):
    lines = page["text"].strip("\n").split("\n")
    document = Document("\n".join(line.removeprefix("|") for line in lines) + "\n")
    article = [line.removeprefix("|") for line in lines if line.startswith("|")]
    repaired = repair(document, Linter(RULES), lambda finding: finding.fix is not None)
    assert repaired.document.text.split("\n") == [*article, ""]
