"""Printing pages and data on standard output."""

from __future__ import annotations

import io
import sys

import click


def print_text(text: str) -> None:
    """Print a text as it is; what the encoding of the terminal or the pipe lacks is escaped."""
    escape_what_is_lacking()
    click.echo(text, nl=False)


def escape_what_is_lacking() -> None:
    """Let standard output write an escape for what its encoding does not have, and not fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def print_page(markdown: str) -> None:
    """Print a page: rendered on a terminal, as Markdown elsewhere."""
    if sys.stdout.isatty():
        escape_what_is_lacking()
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(markdown))
    else:
        print_text(markdown)


def print_json(value: object) -> None:
    """Print a value as JSON in UTF-8 whatever the locale, lone surrogates escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # `backslashreplace` writes a lone surrogate just as JSON escapes it.
    click.echo(text.encode("utf-8", "backslashreplace"))
