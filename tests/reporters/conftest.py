"""Findings to report, made without any rule."""

from __future__ import annotations

import io

import pytest

from kanwu.documents.document import Document
from kanwu.engine.finding import (
    Finding,
    Fix,
    Message,
    Related,
    Safety,
    Severity,
    edit,
    place,
)
from kanwu.reporters.base import reporter_for
from kanwu.reporters.summary import Summary, Tally


class Maker:
    """Makes findings that stand on given words of a text."""

    def __init__(self, text: str, path: str = "文章.txt", record: str | None = None) -> None:
        self.document = Document(text, path=path, record=record)

    def span(self, word: str) -> tuple[int, int]:
        start = self.document.text.index(word)
        return start, start + len(word)

    def place(self, word: str):
        return place(self.document, *self.span(word))

    def related(self, word: str, message: str) -> Related:
        return Related(self.place(word), Message("rule/related", message, {}))

    def finding(
        self,
        word: str,
        message: str = "“{word}” is doubled",
        *,
        severity: Severity = Severity.WARNING,
        related: tuple[Related, ...] = (),
        evidence: dict | None = None,
        safety: Safety | None = None,
        write: str = "",
        code: str = "WRD001",
        empty: bool = False,
    ) -> Finding:
        """A finding on the first place of `word`, or, with `empty`, between it and what is before."""
        start, end = self.span(word)
        at = place(self.document, start, start if empty else end)
        fix = None
        if safety is not None:
            title = Message("rule/title", "write “{new}”", {"new": write})
            fix = Fix(safety, title, (edit(self.document, start, end, write),))
        return Finding(
            code,
            {"WRD001": "doubled-word"}.get(code, "other-defect"),
            severity,
            Message("rule/message", message, {"word": word}),
            at,
            related,
            evidence or {},
            fix,
        )


@pytest.fixture
def maker():
    return Maker


@pytest.fixture
def report():
    """A function that reports findings in a format and returns the text."""

    def run(
        format_name, findings, *, statistics=False, chosen=frozenset(), summary=None, **settings
    ):
        stream = io.StringIO()
        reporter = reporter_for(format_name, statistics=statistics)(
            stream, chosen=chosen, **settings
        )
        tally = Tally(chosen)
        for finding in findings:
            tally.add([finding])
            reporter.write([finding])
        reporter.close(summary or Summary(1, 100, tally.counts()))
        return stream.getvalue()

    return run
