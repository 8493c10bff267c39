"""Printing pages and data on standard output."""

from __future__ import annotations

import sys

import click


def print_page(markdown: str) -> None:
    """Print a page: rendered on a terminal, as Markdown elsewhere."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(markdown))
    else:
        click.echo(markdown, nl=False)


def print_json(value: object) -> None:
    """Print a value as JSON in UTF-8 whatever the locale, lone surrogates escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # `backslashreplace` writes a lone surrogate just as JSON escapes it.
    click.echo(text.encode("utf-8", "backslashreplace"))
