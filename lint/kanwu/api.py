"""The library's entry points: `check_text`, `check_paths` and `fix_text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.documents.document import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter, in_order
from kanwu.fixes.applying import applicable, repair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.documents.document import Markup
    from kanwu.engine.finding import Finding


def check_text(text: str, *, select: Iterable[str] = (), path: str = "-", markup: Markup = "plain") -> list[Finding]:
    """The findings in one text, in order.

    `select` takes codes, names and families, as on the command line.
    """
    words = set(select)
    rules = [r() for r in discover() if (r.default if not words else {r.code, r.name, r.family()} & words)]
    (checked,) = Linter(rules).check([Document(text, path=path, markup=markup)])
    store = RecordStore()
    store.add(checked.records)
    return in_order([*checked.findings, *compare(rules, store)])
