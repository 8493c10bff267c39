"""Raw HTML in Markdown: its tags, and how blocks of it begin and end."""

from __future__ import annotations

import re
from functools import cache

from kanwu.analysis.patterns import Pattern
from kanwu.documents.tables import read_table

# Quoted values end at the next `<` at the latest: a search that could run on from every `<` of a
# line would take quadratic time.
TAG = Pattern(
    r"""
    < (?:
        [A-Za-z][A-Za-z0-9-]*+
        (?: \s++ [A-Za-z_:][A-Za-z0-9_.:-]*+
            (?: \s*+ = \s*+ (?: [^\s"'=<>`]++ | '[^'<]*+' | "[^"<]*+" ) )?+
        )*+
        \s*+ /?
      | / [A-Za-z][A-Za-z0-9-]*+ \s*+
    ) >
    """
)
LONE_TAG = Pattern(rf"{TAG.source} [\ \t]*+ \Z")


@cache
def html_starts() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """How a block of raw HTML begins, and what ends it (None: a blank line)."""
    names = read_table(__file__, "data/markdown.toml")
    verbatim, block = ("|".join(names[key]) for key in ("verbatim", "block"))
    pairs = (
        (rf"<(?:{verbatim})(?:[ \t>]|\Z)", rf"</(?:{verbatim})>"),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![A-Za-z]", r">"),
        (r"<!\[CDATA\[", r"\]\]>"),
        (rf"</?(?:{block})(?:[ \t]|/?>|\Z)", None),
    )
    return tuple(
        (re.compile(start, re.IGNORECASE), re.compile(end, re.IGNORECASE) if end else None)
        for start, end in pairs
    )
