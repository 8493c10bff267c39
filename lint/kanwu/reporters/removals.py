"""`--removed`: what fixes took out of the texts, one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.reporters.machine import file_of, to_json

if TYPE_CHECKING:
    from kanwu.fixes.applying import Removal


def as_line(removal: Removal) -> str:
    """A removal as a line: where the old text stood, in the text of its round, and what came there."""
    finding, edit = removal.finding, removal.edit
    return (
        to_json(
            {
                "code": finding.code,
                "name": finding.name,
                **file_of(finding.place),
                "round": removal.round,
                "start": edit.start._asdict(),
                "end": edit.end._asdict(),
                "removed": removal.old,
                "inserted": edit.text,
            }
        )
        + "\n"
    )
