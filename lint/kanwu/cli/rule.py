"""`kanwu rule`: the page of one rule."""

from __future__ import annotations

import click


@click.command(
    "rule",
    epilog="""\b
Examples:
  kanwu rule half-width-punctuation
  kanwu rule ENC005
  kanwu rule ENC005 --output-format json
""",
)
@click.argument("word", metavar="CODE|NAME")
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Text is Markdown where a terminal does not render it.",
)
def command(word: str, output_format: str) -> None:
    """Explain one rule: what it flags, why, what it leaves alone, its options and examples.

    Characters that would not be seen are written as <U+200B> in the examples.
    """
    from kanwu.cli.printing import print_json, print_page
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.policy.settings import ConfigurationError
    from kanwu.policy.vocabulary import Vocabulary
    from kanwu.reporters.rule_page import rule_data, rule_page

    try:
        catalogue = discover()
        rule = Vocabulary(catalogue).rule(word)
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    origin = catalogue.origin[rule.code]
    if output_format == "json":
        print_json(rule_data(rule, origin))
    else:
        print_page(rule_page(rule, origin))
