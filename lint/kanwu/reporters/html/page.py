"""The page: one HTML file with its style and its script inside, which is allowed to load nothing."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from kanwu import __version__
from kanwu.documents.tables import read_bytes
from kanwu.engine.finding import Severity
from kanwu.reporters.html.badges import badged
from kanwu.reporters.html.sheets import Gap, Row
from kanwu.reporters.html.view import GRAVEST_FIRST, key_of, name_of
from kanwu.reporters.ledger import reading
from kanwu.reporters.terminal import visible
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Template

    from kanwu.engine.finding import Place
    from kanwu.reporters.html.view import Bar, Sheet, View
    from kanwu.reporters.html.words import Words
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording

WIDTH = 100
"""Of the longest bar, in units of its drawing."""
RELATED = 5
"""Further places of a finding that are listed."""


class Facet(NamedTuple):
    """One value that findings can be filtered by."""

    id: str
    label: str
    detail: str
    number: int


def page(
    view: View, summary: Summary, *, made: str, words: Words, wording: Wording = ENGLISH
) -> str:
    """The whole page. `made` says when, for people; `wording` tells what the rules say."""
    style, script = file("page.css"), file("page.js")
    sheets = view.in_order()
    numbers = {sheet.key: sheet.number for sheet in sheets}
    rows = {sheet.key: lines_of(sheet) for sheet in sheets}
    cards = [card for sheet in sheets for card in sheet.cards.values()]

    def anchor(place: Place) -> str | None:
        """Where the page has a line; None where it has not."""
        key = key_of(place)
        if place.start.line not in rows.get(key, ()):
            return None
        return f"#d{numbers[key]}-{place.start.line}"

    return template("page.html.jinja").render(
        anchor=anchor,
        badged=badged,
        bars=bars,
        blocks=blocks,
        cards=cards,
        is_gap=lambda part: isinstance(part, Gap),
        locate=locate,
        made=made,
        name_of=name_of,
        policy=policy(style, script),
        reading=lambda row: reading(row, wording),
        related_limit=RELATED,
        rules=facets((card.finding.code, card.finding.name) for card in cards),
        script=Markup(script),  # noqa: S704 - it is a file of the program
        severities=GRAVEST_FIRST,
        severity_counts={s: sum(c.finding.severity is s for c in cards) for s in Severity},
        sheets=sheets,
        style=Markup(style),  # noqa: S704
        summary=summary,
        tell=wording.tell,
        version=__version__,
        view=view,
        word=wording.word,
        words=words,
    )


def template(name: str) -> Template:
    """A template that lies beside this module."""
    environment = Environment(
        loader=FunctionLoader(file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Whatever a template forgets to show with badges is at least shown with names.
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    return environment.get_template(name)


def file(name: str) -> str:
    """A file that lies beside this module."""
    return read_bytes(__file__, name).decode("utf-8")


def policy(style: str, script: str = "") -> str:
    """A content security policy under which nothing but this style and this script has any effect."""
    scripts = f"script-src '{digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; {scripts}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(source: str) -> str:
    """The hash by which a policy knows an inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


class Block(NamedTuple):
    """A line with findings, and what follows it until the next: notes run on beside all of it."""

    first: Row | None
    rest: list[Row | Gap]


def blocks(parts: Iterable[Row | Gap]) -> list[Block]:
    """The parts of a sheet, cut before each line with findings."""
    found = [Block(None, [])]
    for part in parts:
        if isinstance(part, Row) and part.notes:
            found.append(Block(part, []))
        else:
            found[-1].rest.append(part)
    return found


def lines_of(sheet: Sheet) -> set[int]:
    """The numbers of the lines that the page has of a document."""
    numbers: set[int] = set()
    for part in sheet.parts:
        rows = part.rows if isinstance(part, Gap) else (part,)
        numbers.update(row.number for row in rows)
    return numbers


def facets(found: Iterable[tuple[str, str]]) -> list[Facet]:
    """Each value once with its number, the most first."""
    counts: dict[tuple[str, str], int] = {}
    for value in found:
        counts[value] = counts.get(value, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Facet(code, code, name, count) for (code, name), count in ordered]


def bars(found: Sequence[Bar], limit: int) -> dict[str, Any]:
    """The first bars, each with the parts that its severities take, and what the others come to."""
    shown, rest = found[:limit], found[limit:]
    longest = max((bar.total for bar in shown), default=1)
    drawn = []
    for bar in shown:
        at, parts = 0.0, []
        for severity in GRAVEST_FIRST:
            width = WIDTH * bar.counts[severity] / longest
            if width:
                parts.append((severity.value, round(at, 2), round(width, 2)))
            at += width
        drawn.append((bar, parts))
    return {"drawn": drawn, "others": len(rest), "others_total": sum(bar.total for bar in rest)}


def locate(place: Place) -> str:
    """Line and column."""
    return f"{place.start.line}:{place.start.column}"
