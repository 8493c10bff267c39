"""Errors of the command line, in the language of who typed it.

They come as finished English sentences, from the parser of options as from configuration files, and are known
again by the sentences of `zh/errors.toml`. One that is not among them is told in English.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from typing import IO, TYPE_CHECKING, Any

import click

from kanwu.cli.languages import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kanwu.engine.sentences import Sentences
    from kanwu.session.executors.deaths import Death


class ChineseUsageError(click.UsageError):
    """Wrong use, told in Chinese."""

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage: ", "用法：", 1)
            help_option = self.ctx.help_option_names[0]
            path = self.ctx.command_path
            click.echo(f"{usage}\n用 {path} {help_option} 查看帮助。\n", file or sys.stderr)
        click.echo(f"错误：{self.message}", file or sys.stderr)


@contextlib.contextmanager
def told(words: list[str]) -> Iterator[None]:
    """Let wrong use within be told in the language that the words of a command line ask for."""
    try:
        yield
    except (ChineseUsageError, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        if spoken(words, os.environ) != "zh":
            raise
        raise ChineseUsageError(in_chinese(error.format_message()), error.ctx) from error


def in_language(text: str, language: str) -> str:
    """A finished English sentence, in a language as far as it is known there."""
    return in_chinese(text) if language == "zh" else text


def death_told(language: str, *, quiet: bool = False) -> Callable[[Death], None]:
    """Tells on standard error that a worker died, above the progress bar if there is one."""

    def tell(death: Death) -> None:
        from kanwu.session.rescue import described

        if not quiet:
            clear = "\r\x1b[2K" if sys.stderr.isatty() else ""
            click.echo(f"{clear}kanwu: {in_language(described(death), language)}", err=True)

    return tell


def in_chinese(text: str) -> str:
    """An error's text, as far as it is known."""
    found = sentences().find(text)
    if found is None:
        return text
    return found.template.format(**{k: in_chinese(part) for k, part in found.parts.items()})


@cache
def sentences() -> Sentences:
    """The English sentences, each with the Chinese one."""
    from kanwu.documents.tables import read_table
    from kanwu.engine.sentences import Sentences

    return Sentences(read_table(__file__, os.path.join("zh", "errors.toml")))
