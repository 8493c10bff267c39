"""`kanwu rules`: all rules there are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.catalogues import configured_catalogue, declaring_options

if TYPE_CHECKING:
    from kanwu.engine.discovery import Catalogue


@click.command(
    "rules",
    epilog="""\b
Examples:
  kanwu rules
  kanwu rules | grep ^ENC
  kanwu rules --output-format json
  kanwu rules --rule-file house.toml
""",
)
@declaring_options
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the list is written.",
)
def command(output_format: str, **where: Any) -> None:
    """List all rules, family by family.

    Each with its severity, the safety of its fix, whether it is on by default, the distribution or the
    file that it comes with, and what it flags. Declared rules are those of the configuration that holds
    for the working folder.
    """
    from kanwu.cli.printing import print_json, print_text
    from kanwu.engine.discovery import PluginError
    from kanwu.policy.settings import ConfigurationError
    from kanwu.reporters.rule_page import rule_row
    from kanwu.reporters.rule_table import rule_table

    try:
        catalogue = configured_catalogue(**where)
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    if output_format == "json":
        print_json([rule_row(rule, catalogue.origin[rule.code]) for rule in catalogue])
    elif sys.stdout.isatty():
        print_table(catalogue)
    else:
        print_text(rule_table(catalogue))


def print_table(catalogue: Catalogue) -> None:
    """Print the rules for a terminal: summaries wrap under the names."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from kanwu.cli.printing import escape_what_is_lacking
    from kanwu.reporters.rule_table import COLUMNS, families

    escape_what_is_lacking()
    console = Console()
    for family in families(catalogue):
        table = Table(
            title=f"{family.code} {family.title}", title_justify="left", box=None, expand=True
        )
        for column in COLUMNS[:-1]:
            table.add_column(
                column, no_wrap=column != "name", ratio=1 if column == "name" else None
            )
        for code, name, *cells, summary in family.rows:
            table.add_row(code, f"[bold]{escape(name)}[/]\n{escape(summary)}", *cells)
        console.print(table, "")
