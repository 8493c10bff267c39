"""Findings as diagnostics of the protocol."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from kanwu.engine.finding import Severity
from kanwu.reporters.terminal import visible
from kanwu.server.texts import Text
from kanwu.session.run import document_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kanwu.engine.finding import Finding, Place
    from kanwu.reporters.wording import Wording

SOURCE = "kanwu"
MOST = 1000
"""So many diagnostics a document has at most: editors show no more, and choke on many."""

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Told(NamedTuple):
    """A finding with the diagnostic that tells it."""

    finding: Finding
    diagnostic: types.Diagnostic


class Teller:
    """Makes the diagnostics of one document."""

    def __init__(
        self,
        uri: str,
        text: Text,
        path: str,
        *,
        page_of: Callable[[str], str | None],
        related: bool,
        wording: Wording,
    ) -> None:
        """Take the document, what the client can show, and in which words.

        `page_of` gives the address of a rule's page, `related` says whether other places of a finding
        are shown.
        """
        self._uri = uri
        self._text = text
        self._path = path
        self._page_of = page_of
        self._related = related
        self._wording = wording
        self._others: dict[str, Text | None] = {}

    def tell(self, findings: Iterable[Finding]) -> list[Told]:
        """Every finding with its diagnostic, in order."""
        return [Told(finding, self._diagnostic(finding)) for finding in findings]

    def _diagnostic(self, finding: Finding) -> types.Diagnostic:
        place = finding.place
        page = self._page_of(finding.code)
        tell = self._wording.tell
        return types.Diagnostic(
            range=self._text.range(place.start.offset, place.end.offset),
            message=f"{visible(tell(finding.message))} ({finding.name})",
            severity=SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(page) if page else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if is_taken_out(finding) else None,
            related_information=[
                types.DiagnosticRelatedInformation(
                    self._location(one.place), visible(tell(one.message))
                )
                for one in finding.related
            ]
            if self._related and finding.related
            else None,
            data={"fingerprint": finding.fingerprint},
        )

    def _location(self, place: Place) -> types.Location:
        path = place.path
        if path == self._path:
            at = self._text.range(place.start.offset, place.end.offset)
            return types.Location(self._uri, at)
        if path not in self._others:
            document = document_at(path)
            self._others[path] = (
                Text(document.source.text, self._text.encoding) if document else None
            )
        text = self._others[path]
        start, end = place.start.offset, place.end.offset
        at = text.range(start, end) if text else self._text.range(0, 0)
        return types.Location(Path(os.path.abspath(path)).as_uri(), at)


def is_taken_out(finding: Finding) -> bool:
    """Whether the fix takes out all that is marked: an editor may show it faded."""
    fix, place = finding.fix, finding.place
    return (
        fix is not None
        and len(fix.edits) == 1
        and not fix.edits[0].text
        and fix.edits[0].start.offset <= place.start.offset < place.end.offset
        and place.end.offset <= fix.edits[0].end.offset
    )


def notice(message: str, severity: types.DiagnosticSeverity) -> types.Diagnostic:
    """A diagnostic about the whole document, at its beginning."""
    start = types.Position(0, 0)
    return types.Diagnostic(
        types.Range(start, start), visible(message), severity=severity, source=SOURCE
    )


def shown(told: Sequence[Told], wording: Wording) -> list[types.Diagnostic]:
    """The diagnostics for the editor: the gravest first where there are too many, and how many more."""
    if len(told) > MOST:
        kept = sorted(told, key=lambda one: -one.finding.severity.rank)[:MOST]
        more = wording(
            "{n:,} findings more than the {most:,} shown; kanwu check lists all",
            n=len(told) - MOST,
            most=MOST,
        )
        return [
            *(one.diagnostic for one in kept),
            notice(more, types.DiagnosticSeverity.Information),
        ]
    return [one.diagnostic for one in told]
