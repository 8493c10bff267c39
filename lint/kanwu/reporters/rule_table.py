"""All rules, family by family."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kanwu.reporters.rule_page import default_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.rule import AnyRule

COLUMNS = ("code", "name", "severity", "fix", "default", "comes with", "summary")


class Family(NamedTuple):
    """The rules of one family, each as the texts of COLUMNS."""

    code: str
    title: str
    rows: tuple[tuple[str, ...], ...]


def families(catalogue: Catalogue) -> Iterator[Family]:
    """The rules in order of their codes."""
    for code, members in groupby(catalogue, key=lambda rule: rule.family()):
        rules = tuple(members)
        title = next(filter(None, (_title(rule) for rule in rules)), "")
        yield Family(code, title, tuple(_row(rule, catalogue.origin[rule.code]) for rule in rules))


def _row(rule: type[AnyRule], origin: str) -> tuple[str, ...]:
    return (
        rule.code,
        rule.name,
        rule.severity,
        rule.safety or "none",
        default_of(rule),
        origin,
        rule.summary(),
    )


def _title(rule: type[AnyRule]) -> str:
    """What the package of a rule says of its family: `BOI: what surrounds an article`."""
    package = sys.modules[rule.__module__.rpartition(".")[0] or rule.__module__]
    family, _, title = (package.__doc__ or "").partition("\n")[0].partition(": ")
    return title.rstrip(".") if family == rule.family() else ""


def rule_table(catalogue: Catalogue) -> str:
    """The rules as lines of text with aligned columns."""
    all_families = list(families(catalogue))
    rows = [COLUMNS, *(row for family in all_families for row in family.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]

    def line(row: tuple[str, ...]) -> str:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        return "  ".join((*cells, row[-1]))

    parts = [line(COLUMNS)]
    for code, title, family_rows in all_families:
        parts += ("", f"{code} {title}".rstrip(), *map(line, family_rows))
    return "\n".join(parts) + "\n"
