"""`kanwu rules`: all rules there are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.catalogues import configured_catalogue, declaring_options
from kanwu.cli.languages import LANG

if TYPE_CHECKING:
    from kanwu.cli.languages import Languages
    from kanwu.engine.discovery import Catalogue
    from kanwu.reporters.wording import Wording


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
@LANG
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How the list is written.",
)
def command(output_format: str, languages: Languages, **where: Any) -> None:
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
        machine = languages.wording(machine=True)
        print_json([rule_row(rule, catalogue.origin[rule.code], machine) for rule in catalogue])
    elif sys.stdout.isatty():
        print_table(catalogue, languages.wording())
    else:
        print_text(rule_table(catalogue, languages.wording()))


def print_table(catalogue: Catalogue, wording: Wording) -> None:
    """Print the rules for a terminal: summaries wrap under the names."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from kanwu.cli.printing import escape_what_is_lacking
    from kanwu.reporters.rule_table import columns, families

    escape_what_is_lacking()
    console = Console()
    for family in families(catalogue, wording):
        table = Table(
            title=f"{family.code} {family.title}", title_justify="left", box=None, expand=True
        )
        for number, column in enumerate(columns(wording)[:-1]):
            # The second one holds the name, and below it the summary.
            table.add_column(column, no_wrap=number != 1, ratio=1 if number == 1 else None)
        for code, name, *cells, summary in family.rows:
            table.add_row(code, f"[bold]{escape(name)}[/]\n{escape(summary)}", *cells)
        console.print(table, "")
