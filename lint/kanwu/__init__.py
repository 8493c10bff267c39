"""kanwu 勘误: a linter for Chinese text.

What is named here is the public surface for programs and for authors of rules. It is loaded on first
use, so that importing `kanwu` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanwu.analysis.patterns import Pattern
    from kanwu.api import check_paths, check_text, fix_text, iter_findings
    from kanwu.documents.document import Document, Encoding, Span
    from kanwu.documents.tables import read_bytes, read_table, read_words
    from kanwu.engine.finding import (
        Edit,
        Finding,
        Fix,
        Listed,
        Place,
        Related,
        Safety,
        Severity,
        edit,
        place,
    )
    from kanwu.engine.line_edges import LineEnds, LineStarts
    from kanwu.engine.line_phrases import PhraseTable, read_phrases
    from kanwu.engine.line_removal import remove_lines
    from kanwu.engine.line_triggers import (
        RepeatedClauses,
        RepeatedLines,
        ShortLines,
        UnpairedMarks,
        UnusualLines,
    )
    from kanwu.engine.rule import Bad, CorpusRule, Good, Option, Record, Rule
    from kanwu.engine.translation import Translation
    from kanwu.engine.triggers import (
        Between,
        CharacterClass,
        Characters,
        EveryDocument,
        LinesOf,
        Literals,
        Matches,
        Repeats,
        Runs,
    )

__version__ = "0.1.0"

_HOMES = {
    "kanwu.api": ("check_paths", "check_text", "fix_text", "iter_findings"),
    "kanwu.documents.document": ("Document", "Encoding", "Span"),
    "kanwu.documents.tables": ("read_bytes", "read_table", "read_words"),
    "kanwu.engine.finding": (
        "Edit",
        "Finding",
        "Fix",
        "Listed",
        "Place",
        "Related",
        "Safety",
        "Severity",
        "edit",
        "place",
    ),
    "kanwu.analysis.patterns": ("Pattern",),
    "kanwu.engine.line_edges": ("LineEnds", "LineStarts"),
    "kanwu.engine.line_phrases": ("PhraseTable", "read_phrases"),
    "kanwu.engine.line_removal": ("remove_lines",),
    "kanwu.engine.line_triggers": (
        "RepeatedClauses",
        "RepeatedLines",
        "ShortLines",
        "UnpairedMarks",
        "UnusualLines",
    ),
    "kanwu.engine.rule": ("Bad", "CorpusRule", "Good", "Option", "Record", "Rule"),
    "kanwu.engine.triggers": (
        "Between",
        "CharacterClass",
        "Characters",
        "EveryDocument",
        "LinesOf",
        "Literals",
        "Matches",
        "Repeats",
        "Runs",
    ),
    "kanwu.engine.translation": ("Translation",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Bad",
    "Between",
    "CharacterClass",
    "Characters",
    "CorpusRule",
    "Document",
    "Edit",
    "Encoding",
    "EveryDocument",
    "Finding",
    "Fix",
    "Good",
    "LineEnds",
    "LineStarts",
    "LinesOf",
    "Listed",
    "Literals",
    "Matches",
    "Option",
    "Pattern",
    "PhraseTable",
    "Place",
    "Record",
    "Related",
    "RepeatedClauses",
    "RepeatedLines",
    "Repeats",
    "Rule",
    "Runs",
    "Safety",
    "Severity",
    "ShortLines",
    "Span",
    "Translation",
    "UnpairedMarks",
    "UnusualLines",
    "check_paths",
    "check_text",
    "edit",
    "fix_text",
    "iter_findings",
    "place",
    "read_bytes",
    "read_phrases",
    "read_table",
    "read_words",
    "remove_lines",
]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'kanwu' has no attribute {name!r}")
    # Kept, since every rule module asks for a dozen of them.
    value = globals()[name] = getattr(import_module(home), name)
    return value
