"""The help in Chinese: that of commands and options, by their names, from `zh/help.toml`."""

from __future__ import annotations

import os
import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

C = TypeVar("C", bound=click.Command)
# Words of Latin letters stay whole, and marks stay with the character that they belong to.
UNIT = re.compile(r"\s+|[（“\[]*(?:[!-~]+|.)[，。；：、）”]*")
COLUMN, GAP = 24, 2
"""Cells of the widest name that has its explanation beside it, and between the two."""


class ChineseFormatter(click.HelpFormatter):
    """Writes help whose characters take two cells, under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':{self.current_indent}}{table()['texts'].get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        if "\b" in text:  # lines that stay as they are
            super().write_text(text)
            return
        lines = [
            line
            for paragraph in text.split("\n\n")
            for line in ("", *wrapped(paragraph.strip(), self.width - self.current_indent))
        ]
        self.write(
            "".join(f"{'':{self.current_indent}}{line}".rstrip() + "\n" for line in lines[1:])
        )

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = COLUMN,
        col_spacing: int = GAP,
    ) -> None:
        rows = list(rows)
        column = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        indent = self.current_indent + column
        for name, english in rows:
            text = table()["texts"].get(english, english).replace("[default: ", "[默认：")
            first, *others = wrapped(text, max(self.width - indent, COLUMN))
            if len(name) > column - col_spacing:
                self.write(f"{'':{self.current_indent}}{name}\n{'':{indent}}{first}\n")
            else:
                self.write(f"{'':{self.current_indent}}{name:{column}}{first}\n")
            self.write("".join(f"{'':{indent}}{line}\n" for line in others))


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, if no word in it is longer."""
    lines, taken = [""], 0
    for unit in UNIT.findall(text):
        size = sum(1 + (character > "\u2e80") for character in unit)
        if taken + size > width and lines[-1]:
            lines.append("")
            taken = 0
        if not (unit.isspace() and not taken):
            lines[-1] += unit
            taken += size
    return [line.rstrip() for line in lines]


class ChineseContext(click.Context):
    """A context in which help is written in Chinese."""

    formatter_class = ChineseFormatter


@cache
def table() -> Mapping[str, Any]:
    """All help in Chinese."""
    from kanwu.documents.tables import read_table

    return read_table(__file__, os.path.join("zh", "help.toml"))


def short_help(name: str, english: str) -> str:
    """A command in one line."""
    return str(table()["commands"].get(name, {}).get("short", english))


def in_chinese(command: C, name: str) -> C:
    """A command with its Chinese help. What has none keeps the English one."""
    own = table()["commands"].get(name, {})
    told = copy(command)
    told.help = own.get("help", command.help)
    told.epilog = command.epilog or ""
    for english, chinese in table()["examples"].items():
        told.epilog = told.epilog.replace(english, chinese)
    told.context_class = ChineseContext
    told.params = [_with_help(parameter, own.get("options", {})) for parameter in command.params]
    return told


def _with_help(parameter: click.Parameter, own: Mapping[str, str]) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    told = copy(parameter)
    for words in (table()["options"], own):
        for option in parameter.opts:
            told.help = words.get(option, told.help)
    return told
