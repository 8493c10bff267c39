"""All rules, family by family."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kanwu.reporters.ledger import width
from kanwu.reporters.rule_page import default_of
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.rule import AnyRule
    from kanwu.reporters.wording import Wording

COLUMNS = ("code", "name", "severity", "fix", "default", "comes with", "summary")


class Family(NamedTuple):
    """The rules of one family, each as the texts of COLUMNS."""

    code: str
    title: str
    rows: tuple[tuple[str, ...], ...]


def families(catalogue: Catalogue, wording: Wording = ENGLISH) -> Iterator[Family]:
    """The rules in order of their codes."""
    for code, members in groupby(catalogue, key=lambda rule: rule.family()):
        rules = tuple(members)
        title = next(filter(None, (_title(rule) for rule in rules)), "")
        rows = (_row(rule, catalogue.origin[rule.code], wording) for rule in rules)
        yield Family(code, wording.title(rules[0]) or title, tuple(rows))


def _row(rule: type[AnyRule], origin: str, wording: Wording) -> tuple[str, ...]:
    return (
        rule.code,
        rule.name,
        wording.word(rule.severity),
        wording.word(rule.safety or "none"),
        default_of(rule, wording),
        origin,
        wording.summary(rule),
    )


def _title(rule: type[AnyRule]) -> str:
    """What the package or module of a rule says of its family: `BOI: what surrounds an article`."""
    for name in (rule.__module__.rpartition(".")[0] or rule.__module__, rule.__module__):
        family, _, title = (sys.modules[name].__doc__ or "").partition("\n")[0].partition(": ")
        if family == rule.family():
            return title.rstrip(".")
    return ""


def columns(wording: Wording) -> tuple[str, ...]:
    """The heads of the columns."""
    return tuple(map(wording.word, COLUMNS))


def rule_table(catalogue: Catalogue, wording: Wording = ENGLISH) -> str:
    """The rules as lines of text with aligned columns."""
    all_families = list(families(catalogue, wording))
    rows = [columns(wording), *(row for family in all_families for row in family.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)][:-1]

    def line(row: tuple[str, ...]) -> str:
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=False))
        return "  ".join((*cells, row[-1]))

    parts = [line(columns(wording))]
    for code, title, family_rows in all_families:
        parts += ("", f"{code} {title}".rstrip(), *map(line, family_rows))
    return "\n".join(parts) + "\n"
