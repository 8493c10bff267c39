"""The inlines of Markdown that are not prose: code, links' targets, URLs, tags and formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kanwu.analysis.patterns import Pattern
from kanwu.analysis.raw_html import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

# In every pattern here a failed search ends at the next opener of its kind or a few openers on, so
# that the searches from all openers of a text take linear time together.

NEXT = Pattern(
    r"""
    \\.
    | `++
    | <
    | \]\(
    | \$\$?
    | (?<![A-Za-z0-9]) (?: (?:https?|ftp):// | www\. ) (?=[A-Za-z0-9])
    """
)
BACKTICKS = Pattern(r"`++")
# ASCII only: a Chinese text goes on behind a URL without a space.
URL = Pattern(r"[A-Za-z0-9._~:/?\#@!$&'()*+,;=%-]++")
AUTOLINK = Pattern(
    r"""
    < (?:
        [A-Za-z][A-Za-z0-9+.-]{1,31} : [^<>\x00-\x20]*+
      | [A-Za-z0-9.!\#$%&'*+/=?^_`{|}~-]++ @ [A-Za-z0-9.-]++
    ) >
    """
)
# The rule of pandoc for $x$; and a formula holds no Han, which prices between Han do.
FORMULA = Pattern(r"\$ (?![\s$]) [^$\r\n㐀-鿿]++ (?<!\s) \$ (?![0-9])")
# The parentheses in a target nest three deep at most.
TARGET = r"""
    (?: < (?: [^<>\\\r\n] | \\. )*+ >
      | (?! < )
        (?: [^\s()\\] | \\. | \( (?: [^\s()\\] | \\. | \( (?: [^\s()\\] | \\. )*+ \) )*+ \) )++
    )
"""
TITLE = r"""
    (?: " (?: [^"\\] | \\. )*+ " | ' (?: [^'\\] | \\. )*+ ' | \( (?: [^()\\] | \\. )*+ \) )
"""
LINK = Pattern(rf"\( \s*+ (?: {TARGET} (?: \s++ {TITLE} )?+ )?+ \s*+ \)", re.VERBOSE | re.DOTALL)
# A label that begins with ^ names a footnote, whose text is prose.
DEFINITION = Pattern(
    rf"""
    \[ (?! \^ | \s*+ \] ) (?: [^\[\]\\] | \\. ){{1,999}}+ \] :
    \s*+ {TARGET} (?: \s++ {TITLE} )? [\ \t]*+ (?: [\r\n]++ | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
DECLARATION = Pattern(r"<![A-Za-z]")
BRACKETED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


def mask(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a paragraph's text that are not prose, in order and apart."""
    at = 0
    while text.startswith("[", at) and (definition := DEFINITION.match(text, at)):
        yield at, at + len(definition[0].rstrip())
        at = definition.end()
    closings = Closings(text)
    while found := NEXT.search(text, at):
        start, at = found.span()
        mark = found[0]
        if mark[0] == "\\":
            continue
        if mark[0] == "`":
            end = closings.of_code(len(mark), at)
        elif mark == "<":
            end = end_of_angle(text, start, closings)
        elif mark == "](":
            start += 1
            link = LINK.match(text, start)
            end = link.end() if link else 0
        elif mark == "$$":
            end = closings.of("$$", at)
        elif mark == "$":
            formula = FORMULA.match(text, start)
            end = formula.end() if formula else 0
        else:
            end = end_of_url(text, start)
        if end:
            yield start, end
            at = end


class Closings:
    """Where in a text the next closing mark stands; what was once not found is not sought again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._absent: set[str] = set()
        self._backticks: dict[int, list[int]] | None = None

    def of(self, mark: str, at: int) -> int:
        """The end of the next such mark at or after an offset, or 0."""
        if mark in self._absent:
            return 0
        found = self.text.find(mark, at)
        if found < 0:
            self._absent.add(mark)
            return 0
        return found + len(mark)

    def of_code(self, length: int, at: int) -> int:
        """The end of the next run of exactly so many backticks at or after an offset, or 0."""
        if self._backticks is None:
            self._backticks = {}
            for run in BACKTICKS.finditer(self.text):
                self._backticks.setdefault(len(run[0]), []).append(run.start())
            for starts in self._backticks.values():
                starts.reverse()
        starts = self._backticks.get(length, [])
        while starts and starts[-1] < at:
            starts.pop()
        return starts[-1] + length if starts else 0


def end_of_angle(text: str, start: int, closings: Closings) -> int:
    """The end of the autolink, tag, comment or the like that a `<` opens, or 0."""
    found = AUTOLINK.match(text, start) or TAG.match(text, start)
    if found:
        return found.end()
    for opening, closing in BRACKETED:
        if text.startswith(opening, start):
            return closings.of(closing, start + len(opening))
    return closings.of(">", start) if DECLARATION.match(text, start) else 0


def end_of_url(text: str, start: int) -> int:
    """The end of a bare URL, without the punctuation of the sentence around it."""
    found = URL.match(text, start)
    assert found is not None
    url = found[0]
    return start + len(url.rstrip(".,;:!?'*" if "(" in url else ".,;:!?'*)"))
