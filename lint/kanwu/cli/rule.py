"""`kanwu rule`: the page of one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.catalogues import complete_rule, configured_catalogue, declaring_options
from kanwu.cli.languages import LANG

if TYPE_CHECKING:
    from kanwu.cli.languages import Languages
    from kanwu.engine.rule import AnyRule


@click.command(
    "rule",
    epilog="""\b
Examples:
  kanwu rule half-width-punctuation
  kanwu rule ENC005
  kanwu rule ENC005 --output-format json
  kanwu rule shop-advertisement --rule-file house.toml
""",
)
@click.argument("word", metavar="CODE|NAME", shell_complete=complete_rule)
@declaring_options
@LANG
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Text is Markdown where a terminal does not render it.",
)
def command(word: str, output_format: str, languages: Languages, **where: Any) -> None:
    """Explain one rule: what it flags, why, what it leaves alone, its options and examples.

    Characters that would not be seen are written as <U+200B> in the examples. The examples of a rule
    that is declared in a file of rules are tried, and one that is wrong is told.
    """
    from kanwu.cli.printing import print_json, print_page
    from kanwu.engine.discovery import PluginError
    from kanwu.policy.settings import ConfigurationError
    from kanwu.policy.vocabulary import Vocabulary
    from kanwu.reporters.rule_page import rule_data, rule_page

    try:
        catalogue = configured_catalogue(**where)
        rule = Vocabulary(catalogue).rule(word)
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    origin = catalogue.origin[rule.code]
    refuse_wrong_examples(rule, origin)
    if output_format == "json":
        print_json(rule_data(rule, origin, languages.wording(machine=True)))
    else:
        print_page(rule_page(rule, origin, languages.wording()))


def refuse_wrong_examples(rule: type[AnyRule], origin: str) -> None:
    """End with wrong use where an example of a declared rule is not what it is said to be."""
    from kanwu.engine.declared_rules import DeclaredRule

    if issubclass(rule, DeclaredRule):
        from kanwu.testing import verify_declared

        try:
            verify_declared(rule)
        except AssertionError as error:
            raise click.UsageError(f"{origin}: {error}") from error
